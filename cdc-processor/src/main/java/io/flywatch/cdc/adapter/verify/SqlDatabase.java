package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.Comparisons.Reached;
import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.position.PartitionId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target that speaks SQL as verifications see it. */
public final class SqlDatabase implements TargetDatabase {
    private final DbSession session;
    private final Sides sides;
    private final VerificationStore store;

    private interface Sides {
        Side of(DbSession session, SourceShape source, String table);
    }

    private SqlDatabase(DbSession session, Sides sides, VerificationStore store) {
        this.session = session;
        this.sides = sides;
        this.store = store;
    }

    /** A PostgreSQL that is opened when it is first asked; verifications are kept in the store. */
    public static SqlDatabase ofPostgres(
            String url, @Nullable String user, @Nullable String password, VerificationStore store) {
        return new SqlDatabase(new DbSession(url, user, password), SqlDatabase::postgres, store);
    }

    /** A MySQL or MariaDB that is opened when it is first asked; verifications are kept in the store. */
    public static SqlDatabase ofMySql(
            String url, @Nullable String user, @Nullable String password, VerificationStore store, Cells cells) {
        return new SqlDatabase(
                new DbSession(url, user, password),
                (session, source, table) -> MySides.of(
                        session,
                        source,
                        cells,
                        table,
                        session.run(connection -> MyCatalog.columns(connection, null, table))),
                store);
    }

    private static Side postgres(DbSession session, SourceShape source, String table) {
        String quoted = table.indexOf('.') < 0 ? PgColumn.quoted(table) : PgTable.quoted(table);
        return PgSides.of(
                session, source, table, quoted, session.run(connection -> PgCatalog.columns(connection, quoted)));
    }

    @Override
    public Side side(Route.Table route, SourceShape source) {
        return sides.of(session, source, route.table().target());
    }

    @Override
    public List<Reached> positions(String pipeline) {
        return session.run(connection -> {
            List<Reached> reached = new ArrayList<>();
            SqlRows.query(
                    connection,
                    "select topic, part, next_offset, source_micros from flywatch_positions"
                            + " where pipeline = ? and next_offset is not null",
                    List.of(pipeline),
                    row -> {
                        long micros = row.getLong(4);
                        reached.add(new Reached(
                                new PartitionId(pipeline, row.getString(1), row.getInt(2)),
                                row.getLong(3),
                                row.wasNull() ? null : micros));
                    });
            return reached;
        });
    }

    @Override
    public VerificationStore store() {
        return store;
    }

    @Override
    public void close() {
        session.close();
    }
}
