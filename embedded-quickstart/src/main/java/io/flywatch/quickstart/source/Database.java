package io.flywatch.quickstart.source;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database.
 *
 * @param jdbcUrl without user and password
 * @param user who logs in
 * @param password of that user
 */
public record Database(String jdbcUrl, String user, String password) {

    private static final String FORM = "jdbc:postgresql://user:password@host:5432/database";

    /**
     * Reads {@code jdbc:postgresql://user:password@host:port/database?parameters}; user and password may also be parameters, or come
     * from the environment (FLYWATCH_SOURCE_USER, FLYWATCH_SOURCE_PASSWORD), which wins.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Database parse(String url, Map<String, String> environment) {
        URI uri = uri(url);
        List<String> parameters = new ArrayList<>();
        String user = part(uri, 0);
        String password = part(uri, 1);
        for (String parameter :
                Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = decoded(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                password = decoded(parameter.substring("password=".length()));
            } else if (!parameter.isEmpty()) {
                parameters.add(parameter);
            }
        }
        String port = uri.getPort() < 0 ? "5432" : Integer.toString(uri.getPort());
        String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        return new Database(
                "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query,
                environment.getOrDefault("FLYWATCH_SOURCE_USER", user == null ? "postgres" : user),
                environment.getOrDefault("FLYWATCH_SOURCE_PASSWORD", password == null ? "" : password));
    }

    private static URI uri(String url) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        try {
            URI uri = URI.create(plain.replaceFirst("^postgres://", "postgresql://"));
            if ("postgresql".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPath().length() > 1) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException("The source's address is not understood. It looks like " + FORM + ".");
    }

    private static @Nullable String part(URI uri, int index) {
        if (uri.getRawUserInfo() == null) {
            return null;
        }
        String[] parts = uri.getRawUserInfo().split(":", 2);
        return index < parts.length ? decoded(parts[index]) : null;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** A new connection. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    /** Host and database, for a person. */
    public String shortName() {
        String address = jdbcUrl.substring("jdbc:postgresql://".length());
        return address.contains("?") ? address.substring(0, address.indexOf('?')) : address;
    }
}
