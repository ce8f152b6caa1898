package io.flywatch.cdc.adapter.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays as PostgreSQL writes them: <code>{1,NULL,"a \"b\""}</code>, with bounds in front where they don't begin at 1. */
final class PgArrays {
    private final String text;
    private final PgReader element;
    private int at;

    private PgArrays(String text, PgReader element) {
        this.text = text;
        this.element = element;
        this.at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
    }

    static List<@Nullable Object> read(String text, PgReader element) {
        return new PgArrays(text, element).list();
    }

    /** An array of texts, none of which is null. */
    static List<String> texts(String text) {
        return read(text, element -> element).stream().map(String::valueOf).toList();
    }

    /** The literal of an array of texts. */
    static String write(List<String> elements) {
        StringBuilder text = new StringBuilder("{");
        for (String one : elements) {
            text.append(text.length() == 1 ? "\"" : ",\"")
                    .append(one.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return text.append('}').toString();
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        while (text.charAt(at) != '}') {
            list.add(next());
            if (text.charAt(at) == ',') {
                at++;
            }
        }
        at++;
        return list;
    }

    private @Nullable Object next() {
        return switch (text.charAt(at)) {
            case '{' -> list();
            case '"' -> element.read(quoted());
            default -> bare();
        };
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            value.append(text.charAt(at++));
        }
        at++;
        return value.toString();
    }

    private @Nullable Object bare() {
        int from = at;
        while (text.charAt(at) != ',' && text.charAt(at) != '}') {
            at++;
        }
        String value = text.substring(from, at);
        return value.equals("NULL") ? null : element.read(value);
    }
}
