package io.flywatch.cdc.adapter.jdbc;

import io.flywatch.cdc.Connections;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Connections to SQL sources, which answer soon or not at all. */
final class Login {
    private static final int SECONDS_TO_ANSWER = 5;

    private Login() {}

    static Connection open(Connections.Connection source) throws SQLException {
        return DriverManager.getConnection(source.url(), properties(source));
    }

    private static Properties properties(Connections.Connection source) {
        Properties login = new Properties();
        source.username().ifPresent(user -> login.setProperty("user", user));
        source.password().ifPresent(password -> login.setProperty("password", password));
        boolean seconds = source.url().startsWith("jdbc:postgresql:");
        String limit = Integer.toString(seconds ? SECONDS_TO_ANSWER : SECONDS_TO_ANSWER * 1_000);
        login.setProperty("connectTimeout", limit);
        login.setProperty("socketTimeout", limit);
        if (seconds) {
            login.setProperty("ApplicationName", "flywatch-cdc-processor");
        }
        return login;
    }
}
