package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.Connections;
import java.util.Optional;

/** Servers for tests. */
final class Servers {
    private Servers() {}

    static SqlServer of(String url, String database, String user, String password) {
        return SqlTargets.connect(SqlUrl.of(url).withDatabase(database), new Login(url, user, password), 8);
    }

    private record Login(String url, String user, String secret) implements Connections.Connection {
        @Override
        public Optional<String> username() {
            return Optional.of(user);
        }

        @Override
        public Optional<String> password() {
            return Optional.of(secret);
        }
    }
}
