package io.flywatch.quickstart.dump;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The rows of a {@code COPY}: everything up to the line {@code \.}. */
final class CopyRows extends Reader {

    private static final String LAST_LINE = "\\.";

    private final Source source;
    private @Nullable String current;
    private int taken;
    private boolean ended;

    CopyRows(Source source) {
        this.source = source;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = 0;
        while (count < length && fill()) {
            String row = java.util.Objects.requireNonNull(current);
            int part = Math.min(length - count, row.length() - taken);
            row.getChars(taken, taken + part, buffer, offset + count);
            taken += part;
            count += part;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    private boolean fill() throws IOException {
        if (current != null && taken < current.length()) {
            return true;
        }
        if (ended) {
            return false;
        }
        String row = source.restOfLine();
        if (row == null || row.equals(LAST_LINE)) {
            ended = true;
            current = null;
            return false;
        }
        current = row + "\n";
        taken = 0;
        return true;
    }

    /** Passes over what was not read. */
    @Override
    public void close() throws IOException {
        while (fill()) {
            current = null;
        }
    }
}
