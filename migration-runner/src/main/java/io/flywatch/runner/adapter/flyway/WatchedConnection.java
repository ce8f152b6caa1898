package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.sql.Statement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import org.jspecify.annotations.Nullable;

/** A connection that tells of its statements, and that is not closed by whoever borrowed it. */
record WatchedConnection(Connection physical, StatementListener listener) implements InvocationHandler {

    static Connection of(Connection physical, StatementListener listener) {
        return (Connection) Proxy.newProxyInstance(
                WatchedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new WatchedConnection(physical, listener));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            return null;
        }
        Object answer = call(physical, method, arguments);
        Class<?> kind = method.getReturnType();
        if (kind == java.sql.Statement.class || kind == PreparedStatement.class || kind == CallableStatement.class) {
            String text = arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : "";
            return Proxy.newProxyInstance(
                    WatchedConnection.class.getClassLoader(), new Class<?>[] {kind}, new Watched(this, answer, text));
        }
        return answer;
    }

    private static @Nullable Object call(@Nullable Object on, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** A statement of it. */
    private static final class Watched implements InvocationHandler {
        private final WatchedConnection connection;
        private final @Nullable Object physical;
        private String text;

        Watched(WatchedConnection connection, @Nullable Object physical, String text) {
            this.connection = connection;
            this.physical = physical;
            this.text = text;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (name.startsWith("execute") && !name.equals("executeBatch")) {
                return execute(method, arguments);
            }
            Object answer = call(physical, method, arguments);
            if (name.equals("getUpdateCount") && answer instanceof Integer rows && rows > 0) {
                connection.listener.changed(new Statement(text), rows);
            }
            return answer;
        }

        private @Nullable Object execute(Method method, Object @Nullable [] arguments) throws Throwable {
            if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
                text = sql;
            }
            Statement statement = new Statement(text);
            boolean alone = connection.physical.getAutoCommit();
            connection.listener.before(statement, alone);
            Object answer = call(physical, method, arguments);
            connection.listener.after(statement, alone);
            return answer;
        }
    }
}
