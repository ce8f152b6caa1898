package io.flywatch.runner.adapter.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/** A connection that answers what a server answered that is not here. */
@NullUnmarked
final class Recorded {
    /** Rows, each {@code column=value column=value}; values have no spaces, an underscore stands for one, and ~ for an underscore. */
    interface Rows {
        List<String> get() throws SQLException;
    }

    private final Map<String, Rows> answers = new LinkedHashMap<>();

    /** Whatever has this text in its words is answered so; the first that fits. */
    Recorded to(String part, String... rows) {
        answers.put(part, () -> List.of(rows));
        return this;
    }

    Recorded refuses(String part, int code, String message) {
        answers.put(part, () -> {
            throw new SQLException(message, "42000", code);
        });
        return this;
    }

    Connection connection() {
        return proxy(
                Connection.class,
                (self, method, with) ->
                        method.getName().equals("prepareStatement") ? statement((String) with[0]) : null);
    }

    private PreparedStatement statement(String sql) {
        return proxy(
                PreparedStatement.class,
                (self, method, with) -> method.getName().equals("executeQuery") ? result(sql) : null);
    }

    private ResultSet result(String sql) throws SQLException {
        Rows rows = answers.entrySet().stream()
                .filter(it -> sql.contains(it.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody recorded an answer to " + sql));
        Iterator<String> all = rows.get().iterator();
        Map<String, String> now = new LinkedHashMap<>();
        return proxy(ResultSet.class, (self, method, with) -> switch (method.getName()) {
            case "next" -> {
                now.clear();
                boolean more = all.hasNext();
                if (more) {
                    for (String cell : all.next().split(" ")) {
                        now.put(
                                cell.replaceFirst("=.*", ""),
                                cell.replaceFirst("[^=]*=", "")
                                        .replace('_', ' ')
                                        .replace('~', '_'));
                    }
                }
                yield more;
            }
            case "getString" -> value(now, with[0]).get();
            case "getLong" -> Long.parseLong(value(now, with[0]).get());
            case "getBoolean" -> value(now, with[0]).get().equals("1");
            case "wasNull" -> false;
            default -> null;
        });
    }

    private static Supplier<String> value(Map<String, String> row, Object column) {
        return () -> column instanceof Integer ? row.values().iterator().next() : row.get(column);
    }

    @SuppressWarnings("unchecked") // the proxy is of the type that is asked for
    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
