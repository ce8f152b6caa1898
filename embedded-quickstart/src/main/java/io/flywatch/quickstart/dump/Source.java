package io.flywatch.quickstart.dump;

import java.io.BufferedReader;
import java.io.IOException;

/** Characters with a look ahead and a count of lines. */
final class Source {

    private static final int END = -1;
    private static final int FAR = 256;

    private final BufferedReader reader;
    private int line = 1;
    private boolean lineStart = true;

    Source(BufferedReader reader) {
        this.reader = reader;
    }

    /** The next character, or -1 at the end. */
    int next() throws IOException {
        int c = reader.read();
        lineStart = c == '\n';
        if (lineStart) {
            line++;
        }
        return c;
    }

    /** The character after this, without taking it. */
    int peek() throws IOException {
        reader.mark(1);
        int c = reader.read();
        if (c != END) {
            reader.reset();
        }
        return c;
    }

    /** The rest of a tag {@code $tag$} whose first dollar was taken, if it is one; it is not taken. */
    String peekTag() throws IOException {
        reader.mark(FAR);
        StringBuilder tag = new StringBuilder();
        for (int i = 0; i < FAR; i++) {
            int c = reader.read();
            if (c == '$') {
                reader.reset();
                return tag.append('$').toString();
            }
            boolean fits = Character.isLetter(c) || c == '_' || (i > 0 && Character.isDigit(c));
            if (c == END || !fits) {
                break;
            }
            tag.append((char) c);
        }
        reader.reset();
        return "";
    }

    /** The rest of the line, without its end; null at the end of everything. */
    @org.jspecify.annotations.Nullable
    String restOfLine() throws IOException {
        String rest = reader.readLine();
        line++;
        lineStart = true;
        return rest;
    }

    /** Whether the next character is the first of its line. */
    boolean atLineStart() {
        return lineStart;
    }

    int line() {
        return line;
    }
}
