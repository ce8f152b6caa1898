package io.flywatch.quickstart.dump;

import java.util.Locale;

/** Follows the words of a statement to know when it is inside the body of an SQL function ({@code BEGIN ATOMIC … END}). */
final class Routine {

    private final StringBuilder word = new StringBuilder();
    private String before = "";
    private boolean create;
    private boolean routine;
    private int depth;

    /** Takes the next character outside of strings and comments. */
    void on(char c) {
        if (Character.isLetterOrDigit(c) || c == '_') {
            word.append(Character.toLowerCase(c));
        } else if (!word.isEmpty()) {
            on(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }

    private void on(String next) {
        switch (next) {
            case "create" -> create = create || before.isEmpty();
            case "function", "procedure" -> routine = routine || create;
            case "atomic" -> depth += routine && before.equals("begin") ? 1 : 0;
            case "case" -> depth += depth > 0 ? 1 : 0;
            case "end" -> depth -= depth > 0 ? 1 : 0;
            default -> {}
        }
        before = next;
    }

    /** Whether a semicolon here belongs to the body. */
    boolean isInBody() {
        on(' ');
        return depth > 0;
    }

    void reset() {
        word.setLength(0);
        before = "";
        create = false;
        routine = false;
        depth = 0;
    }
}
