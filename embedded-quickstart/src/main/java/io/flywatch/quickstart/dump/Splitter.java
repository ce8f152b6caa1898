package io.flywatch.quickstart.dump;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * Cuts a script for psql into its statements: semicolons within strings, quoted names, comments, dollar quotes and the bodies of SQL
 * functions don't end one. Lines with psql's own commands (they begin with a backslash) are left out.
 */
final class Splitter {

    private static final int END = -1;
    private static final Pattern COPY_FROM_STDIN =
            Pattern.compile("\\s*copy\\s.*\\sfrom\\s+stdin\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Source source;
    private final Script script;
    private final StringBuilder statement = new StringBuilder();
    private final Routine routine = new Routine();
    private int began;

    private Splitter(Source source, Script script) {
        this.source = source;
        this.script = script;
    }

    /** Reads all of it and tells the script. */
    static void split(Reader reader, Script script) throws IOException, SQLException {
        new Splitter(new Source(new BufferedReader(reader)), script).run();
    }

    private void run() throws IOException, SQLException {
        while (true) {
            if (source.atLineStart()
                    && source.peek() == '\\'
                    && statement.toString().isBlank()) {
                source.restOfLine();
                continue;
            }
            int c = source.next();
            if (c == END) {
                finish();
                return;
            }
            take((char) c);
        }
    }

    private void take(char c) throws IOException, SQLException {
        switch (c) {
            case '\'' -> string(c, isEscapeString());
            case '"' -> string(c, false);
            case '-' -> {
                if (source.peek() == '-') {
                    source.restOfLine();
                    append('\n');
                } else {
                    append(c);
                }
            }
            case '/' -> {
                if (source.peek() == '*') {
                    comment();
                } else {
                    append(c);
                }
            }
            case '$' -> dollar();
            case ';' -> {
                if (routine.isInBody()) {
                    append(c);
                } else {
                    finish();
                }
            }
            default -> append(c);
        }
    }

    private void append(char c) {
        if (statement.isEmpty()) {
            if (Character.isWhitespace(c)) {
                return;
            }
            began = source.line();
        }
        statement.append(c);
        routine.on(c);
    }

    private boolean isEscapeString() {
        int length = statement.length();
        if (length == 0 || Character.toLowerCase(statement.charAt(length - 1)) != 'e') {
            return false;
        }
        return length == 1 || !Character.isLetterOrDigit(statement.charAt(length - 2));
    }

    // A doubled quote ends one string and begins the next, which comes to the same.
    private void string(char quote, boolean backslashEscapes) throws IOException {
        append(quote);
        for (int c = source.next(); c != END; c = source.next()) {
            statement.append((char) c);
            if (c == '\\' && backslashEscapes) {
                statement.append((char) source.next());
            } else if (c == quote) {
                return;
            }
        }
    }

    private void comment() throws IOException {
        int depth = 0;
        for (int c = '/'; c != END; c = source.next()) {
            if (c == '/' && source.peek() == '*') {
                source.next();
                depth++;
            } else if (c == '*' && source.peek() == '/') {
                source.next();
                depth--;
                if (depth == 0) {
                    append(' ');
                    return;
                }
            }
        }
    }

    private void dollar() throws IOException {
        append('$');
        boolean partOfAName = statement.length() > 1
                && (Character.isLetterOrDigit(statement.charAt(statement.length() - 2))
                        || statement.charAt(statement.length() - 2) == '_');
        String tag = partOfAName ? "" : source.peekTag();
        if (tag.isEmpty()) {
            return;
        }
        String end = "$" + tag;
        for (int i = 0; i < tag.length(); i++) {
            statement.append((char) source.next());
        }
        int body = statement.length();
        for (int c = source.next(); c != END; c = source.next()) {
            statement.append((char) c);
            if (c == '$'
                    && statement.length() - body >= end.length()
                    && statement.substring(statement.length() - end.length()).equals(end)) {
                return;
            }
        }
    }

    private void finish() throws IOException, SQLException {
        String sql = statement.toString().strip();
        statement.setLength(0);
        routine.reset();
        if (sql.isEmpty()) {
            return;
        }
        if (COPY_FROM_STDIN.matcher(sql).matches()) {
            source.restOfLine();
            try (CopyRows rows = new CopyRows(source)) {
                script.copy(sql, began, rows);
            }
        } else {
            script.statement(sql, began);
        }
    }
}
