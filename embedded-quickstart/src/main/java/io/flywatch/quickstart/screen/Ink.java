package io.flywatch.quickstart.screen;

/**
 * Colours and signs of a terminal.
 *
 * @param colours whether it shows colours
 * @param unicode whether it shows more than ASCII
 */
record Ink(boolean colours, boolean unicode) {

    private static final String RESET = "\u001b[0m";

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String accent(String text) {
        return paint("36", text);
    }

    String letter(String text) {
        return paint("35", text);
    }

    String tone(Tone tone, String text) {
        return switch (tone) {
            case PLAIN -> text;
            case GOOD -> good(text);
            case BAD -> bad(text);
            case LETTER -> letter(text);
        };
    }

    private String paint(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
    }

    String arrow() {
        return unicode ? "→" : "->";
    }

    String dot() {
        return unicode ? " · " : " | ";
    }

    /** A bar of the given width, filled to a share between 0 and 1. */
    String bar(double share, int width, boolean complete) {
        int filled = complete ? width : (int) Math.min(width - 1, Math.round(share * width));
        String done = (unicode ? "━" : "=").repeat(Math.max(0, filled));
        String rest = (unicode ? "─" : ".").repeat(Math.max(0, width - filled));
        return (complete ? good(done) : accent(done)) + dim(rest);
    }

    /** What the text takes on the screen. */
    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == 0x1b) {
                i = text.indexOf('m', i) + 1;
                continue;
            }
            width++;
            i += Character.charCount(c);
        }
        return width;
    }

    /** The text cut to a width, its colours closed. */
    String cut(String text, int limit) {
        if (width(text) <= limit) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int width = 0;
        for (int i = 0; i < text.length() && width < limit - 1; ) {
            int c = text.codePointAt(i);
            int next = c == 0x1b ? text.indexOf('m', i) + 1 : i + Character.charCount(c);
            cut.append(text, i, next);
            width += c == 0x1b ? 0 : 1;
            i = next;
        }
        return cut.append(unicode ? "…" : "~").append(colours ? RESET : "").toString();
    }

    /** The text followed by spaces up to a width. */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** The text after spaces up to a width. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }
}
