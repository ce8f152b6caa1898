package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.Connections;
import io.flywatch.cdc.adapter.verify.PgDatabase;
import io.flywatch.cdc.adapter.verify.PgVerifications;
import io.flywatch.cdc.adapter.verify.TargetDatabase;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** PostgreSQL targets as verifications see them. */
@Singleton
final class SqlVerifying implements TargetDatabase.Kind {
    private final Map<String, PgVerifications> stores = new ConcurrentHashMap<>();

    @Override
    public boolean takes(String url) {
        return SqlUrl.isKnown(url) && SqlUrl.of(url).postgresql();
    }

    @Override
    public TargetDatabase open(String name, Connections.Connection configured, String database) {
        String url = SqlUrl.of(configured.url()).withDatabase(database).text();
        String user = configured.username().orElse(null);
        String password = configured.password().orElse(null);
        PgVerifications store =
                stores.computeIfAbsent(name + "/" + database, key -> new PgVerifications(url, user, password));
        return new PgDatabase(url, user, password, store);
    }

    void stop(@Observes ShutdownEvent event) {
        stores.values().forEach(PgVerifications::close);
    }
}
