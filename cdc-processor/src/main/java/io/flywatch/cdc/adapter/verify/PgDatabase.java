package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.Comparisons.Reached;
import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL target as verifications see it. */
public final class PgDatabase implements TargetDatabase {
    private final DbSession session;
    private final VerificationStore store;

    /** Opens a database when it is first asked; verifications are kept in the store. */
    public PgDatabase(String url, @Nullable String user, @Nullable String password, VerificationStore store) {
        this.session = new DbSession(url, user, password);
        this.store = store;
    }

    @Override
    public Side side(Route.Table routed, SourceShape source) {
        TableRoute route = routed.table();
        String name = route.target();
        String quoted = name.indexOf('.') < 0 ? PgColumn.quoted(name) : PgTable.quoted(name);
        List<PgColumn> found = session.run(connection -> PgCatalog.columns(connection, quoted));
        return PgSides.of(session, source, name, quoted, found);
    }

    @Override
    public List<Reached> positions(String pipeline) {
        return session.run(connection -> {
            List<Reached> reached = new ArrayList<>();
            PgRows.query(
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
