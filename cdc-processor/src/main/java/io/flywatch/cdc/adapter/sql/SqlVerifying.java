package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.Connections;
import io.flywatch.cdc.adapter.verify.Cells;
import io.flywatch.cdc.adapter.verify.SqlDatabase;
import io.flywatch.cdc.adapter.verify.SqlVerifications;
import io.flywatch.cdc.adapter.verify.TargetDatabase;
import io.flywatch.cdc.change.ColumnType;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** SQL targets as verifications see them. */
@Singleton
final class SqlVerifying implements TargetDatabase.Kind {
    /** What {@link MySqlWriter} is given to write. */
    static final Cells OF_MYSQL = new Cells() {
        @Override
        public @Nullable Object of(@Nullable Object value, String column, String type, int length) {
            return MySqlCells.of(value, new TargetColumn(column, type, length, -1, false));
        }

        @Override
        public String typeOf(ColumnType source) {
            return MySqlTypes.of(source, false);
        }
    };

    private final Map<String, SqlVerifications> stores = new ConcurrentHashMap<>();

    @Override
    public boolean takes(String url) {
        return SqlUrl.isKnown(url);
    }

    @Override
    public TargetDatabase open(String name, Connections.Connection configured, String database) {
        SqlUrl at = SqlUrl.of(configured.url()).withDatabase(database);
        String user = configured.username().orElse(null);
        String password = configured.password().orElse(null);
        SqlVerifications store =
                stores.computeIfAbsent(name + "/" + database, key -> new SqlVerifications(at.text(), user, password));
        return at.postgresql()
                ? SqlDatabase.ofPostgres(at.text(), user, password, store)
                : SqlDatabase.ofMySql(at.text(), user, password, store, OF_MYSQL);
    }

    void stop(@Observes ShutdownEvent event) {
        stores.values().forEach(SqlVerifications::close);
    }
}
