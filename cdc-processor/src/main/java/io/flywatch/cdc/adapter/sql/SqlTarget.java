package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.order.Write;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import io.flywatch.events.pipeline.TablePolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A database that speaks SQL as a target: rows, position, parked and moved rows in one transaction. */
final class SqlTarget implements Target {
    private final SqlServer server;
    private final TableDirectory tables;
    private final InstantSource clock;

    SqlTarget(SqlServer server, InstantSource clock) {
        this.server = server;
        this.tables = new TableDirectory(server.dialect());
        this.clock = clock;
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    @Override
    public Guarantee guarantee() {
        return server.isReached() ? Guarantee.EXACTLY_ONCE : Guarantee.UNKNOWN;
    }

    @Override
    public Taken take(PartitionId id, String runId) {
        try (Connection connection = server.open()) {
            return transaction(connection, within -> {
                Books books = new Books(within);
                long epoch = books.take(id);
                Taken taken = new Taken.Ours(epoch, books.position(id), new ParkedKeys(within).of(id, runId));
                within.commit();
                return taken;
            });
        } catch (SQLException e) {
            return new Taken.Away(server.dialect().fault(e).reason());
        }
    }

    @Override
    public Outcome begin(PartitionId id, long epoch, Position position) {
        try (Connection connection = server.open()) {
            return transaction(connection, within -> {
                boolean moved = new Books(within).move(id, epoch, OptionalLong.empty(), position, clock.instant());
                within.commit();
                return moved ? new Outcome.Applied() : fenced(id);
            });
        } catch (SQLException e) {
            return new Outcome.Away(server.dialect().fault(e).reason());
        }
    }

    private static Outcome fenced(PartitionId id) {
        return new Outcome.Fenced("another replica took " + id);
    }

    @Override
    public Outcome apply(Batch batch) {
        try (Connection connection = server.open()) {
            Optional<TargetTable> table = batch.route() instanceof Route.Table route
                    ? tables.ready(connection, wanted(route), batch.folded())
                    : Optional.empty();
            return transaction(connection, within -> applyIn(within, batch, table));
        } catch (SQLException e) {
            forget(batch);
            return failed(batch, server.dialect().fault(e));
        } catch (TableDirectory.UnfitException e) {
            forget(batch);
            return new Outcome.Away(String.valueOf(e.getMessage()));
        }
    }

    /** A row that is too large by itself will never be smaller. */
    private static Outcome failed(Batch batch, SqlFault fault) {
        if (!(fault instanceof SqlFault.OfTheSize size)) {
            return new Outcome.Away(fault.reason());
        }
        List<Write> writes = batch.folded().writes();
        return size.ofTheRow() && writes.size() == 1
                ? new Outcome.Refused(Map.of(writes.getFirst().key(), size.reason()))
                : new Outcome.TooMuch(size.reason());
    }

    private void forget(Batch batch) {
        if (batch.route() instanceof Route.Table route) {
            tables.forget(route.table().target());
        }
    }

    private static TableDirectory.Wanted wanted(Route.Table route) {
        TablePolicy declared = route.table().policy();
        TablePolicy policy = declared == null ? TablePolicy.FOLLOW : declared;
        return new TableDirectory.Wanted(
                route.table().target(), route.keyColumns(), policy != TablePolicy.CHECK, policy == TablePolicy.FOLLOW);
    }

    /** The guard comes first: its lock makes a replica that takes the partition meanwhile wait for this transaction. */
    private Outcome applyIn(Connection connection, Batch batch, Optional<TargetTable> table) throws SQLException {
        Books books = new Books(connection);
        OptionalLong from = OptionalLong.of(batch.before().offset());
        if (!books.move(batch.id(), batch.epoch(), from, batch.after(), clock.instant())) {
            connection.rollback();
            boolean already =
                    books.isAt(batch.id(), batch.epoch(), batch.after().offset());
            return already ? new Outcome.Applied() : fenced(batch.id());
        }
        Map<Key, String> refused = write(connection, batch, table);
        if (!refused.isEmpty()) {
            connection.rollback();
            return new Outcome.Refused(refused);
        }
        new ParkedKeys(connection)
                .write(
                        batch.id(),
                        batch.released(),
                        batch.parked(),
                        batch.after().runId(),
                        clock.instant());
        connection.commit();
        return new Outcome.Applied();
    }

    private Map<Key, String> write(Connection connection, Batch batch, Optional<TargetTable> table)
            throws SQLException {
        if (batch.folded().isEmpty()) {
            return Map.of();
        }
        if (batch.route() instanceof Route.Heartbeat) {
            Heartbeats.write(connection, batch, clock.instant());
            return Map.of();
        }
        return table.isEmpty()
                ? Map.of()
                : new TableWrites(batch.id().pipeline(), table.get(), server.dialect(), connection)
                        .apply(batch.folded(), clock.instant());
    }

    private static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.in(connection);
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException | RuntimeException e) {
            undo(connection, e);
            throw e;
        }
    }

    /** A connection that is gone hides nothing of why. */
    private static void undo(Connection connection, Exception why) {
        try {
            connection.rollback();
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException gone) {
            why.addSuppressed(gone);
        }
    }
}
