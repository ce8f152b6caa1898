package io.flywatch.runner.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of a script, found by their semicolons outside of quotes, dollar quotes and comments. */
public final class ScriptText {
    private static final Pattern TOKEN = Pattern.compile(
            "--[^\\n]*|/\\*.*?(?:\\*/|\\z)|'(?:[^']|'')*(?:'|\\z)|\"[^\"]*(?:\"|\\z)|`[^`]*(?:`|\\z)"
                    + "|(\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$).*?(?:\\1|\\z)|;",
            Pattern.DOTALL);

    private ScriptText() {}

    /** In order, without empty ones. */
    public static List<Statement> statements(String text) {
        List<Statement> statements = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        int begin = 0;
        while (token.find()) {
            if (token.group().equals(";")) {
                add(statements, text.substring(begin, token.start()));
                begin = token.end();
            }
        }
        add(statements, text.substring(begin));
        return statements;
    }

    private static void add(List<Statement> statements, String text) {
        Statement statement = new Statement(text);
        if (!statement.bare().isEmpty()) {
            statements.add(statement);
        }
    }
}
