package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.Connections;
import io.flywatch.cdc.apply.Target;
import java.time.Clock;
import java.util.Optional;

/** Servers for tests. */
public final class Servers {
    private Servers() {}

    /** A target. */
    public static Target target(String url, String database, String user, String password) {
        return new SqlTarget(of(url, database, user, password), Clock.systemUTC());
    }

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
