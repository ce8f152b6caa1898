package io.flywatch.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.adapter.kafka.LagView;
import io.flywatch.runner.adapter.kafka.NotificationView;
import io.flywatch.runner.adapter.orm.ResnapshotStore;
import io.flywatch.runner.adapter.orm.RunStore;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.resnapshot.Resnapshot;
import io.flywatch.runner.resnapshot.Told;
import io.flywatch.runner.run.Run;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** New snapshots of tables while their changes stream. What is asked for is kept first; the run's engine does it. */
@Singleton
public final class Resnapshots {
    private final RunStore runs;
    private final ResnapshotStore store;
    private final SourceSystems sources;
    private final NotificationView notifications;
    private final LagView lag;
    private final ObjectMapper json;
    private final Clock clock = Clock.systemUTC();

    Resnapshots(
            RunStore runs,
            ResnapshotStore store,
            SourceSystems sources,
            NotificationView notifications,
            LagView lag,
            ObjectMapper json) {
        this.runs = runs;
        this.store = store;
        this.sources = sources;
        this.notifications = notifications;
        this.lag = lag;
        this.json = json;
    }

    /** What becomes of a request. */
    public sealed interface Asked {
        /** It is kept, and will be done. */
        record Kept(Resnapshot snapshot) implements Asked {}

        /** Another one is under way: its connector would call both by one name. */
        record UnderWay(Resnapshot other) implements Asked {}

        /** The run's connector can't be told. */
        record Unsignalled(String why) implements Asked {}

        /** It names what is not there, or what is no condition. */
        record Malformed(String why) implements Asked {}
    }

    /**
     * Asks for one. Throws {@link io.flywatch.runner.run.RunFailure} if the source does not answer.
     *
     * @param tables {@code schema.table} each; none for all
     * @param conditions SQL by table
     */
    public Asked ask(
            Run run, ReplicationMigration migration, List<String> tables, Map<String, String> conditions, String by) {
        Optional<Plan> plan = runs.note(run.id()).map(this::read);
        if (plan.isEmpty() || plan.get().signalTable() == null) {
            String why = plan.map(Plan::unsignalled).orElse(null);
            return new Asked.Unsignalled(
                    why == null ? "its connector was registered by a version that could not signal it" : why);
        }
        List<String> known =
                plan.get().tables().stream().map(Plan.Table::source).toList();
        List<String> wanted =
                tables.isEmpty() ? known : tables.stream().distinct().toList();
        String flaw = flaw(migration, known, wanted, conditions);
        if (flaw != null) {
            return new Asked.Malformed(flaw);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Resnapshot snapshot = new Resnapshot(
                UUID.randomUUID().toString(),
                run.id(),
                now,
                by,
                wanted,
                conditions,
                applied(run, now),
                Resnapshot.Wish.READ,
                null);
        while (!store.keep(snapshot)) {
            Optional<Resnapshot> other = store.underWay(run.id());
            if (other.isPresent()) {
                return new Asked.UnderWay(other.get());
            }
        }
        return new Asked.Kept(snapshot);
    }

    private @Nullable String flaw(
            ReplicationMigration migration, List<String> known, List<String> wanted, Map<String, String> conditions) {
        List<String> unknown = wanted.stream().filter(it -> !known.contains(it)).toList();
        if (!unknown.isEmpty()) {
            return "The run does not replicate %s; it replicates %s."
                    .formatted(String.join(", ", unknown), String.join(", ", known));
        }
        for (Map.Entry<String, String> it : new TreeMap<>(conditions).entrySet()) {
            if (!wanted.contains(it.getKey())) {
                return "There is a condition for %s, which is not among the tables.".formatted(it.getKey());
            }
            Optional<String> flaw = sources.of(migration).signals(migration).flaw(it.getKey(), it.getValue());
            if (flaw.isPresent()) {
                return "The condition for %s is wrong: %s.".formatted(it.getKey(), flaw.get());
            }
        }
        return null;
    }

    private Map<String, Long> applied(Run run, Instant now) {
        Map<String, Long> rows = new HashMap<>();
        lag.of(run.migrationId(), run.id(), now)
                .map(PipelineView::tables)
                .orElse(Map.of())
                .forEach((table, counts) -> rows.put(table, counts.snapshotRows()));
        return rows;
    }

    /** Those of a run, the newest first. */
    public List<Resnapshot> of(Run run) {
        return store.of(run.id());
    }

    /** One of a run. */
    public Optional<Resnapshot> find(Run run, String id) {
        return store.find(run.id(), id);
    }

    /** Wants something of one; answers whether it is under way. */
    public boolean wish(Resnapshot snapshot, Resnapshot.Wish wish) {
        return store.wish(snapshot.id(), wish);
    }

    /** What its connector told of one. */
    public Told told(Resnapshot snapshot) {
        return notifications.told(snapshot.id());
    }

    /** Rows of a snapshot that have been applied since it was asked for, by table. */
    public Map<String, Long> applied(Run run, Resnapshot snapshot) {
        Map<String, Long> since = new TreeMap<>();
        Map<String, Long> now = applied(run, clock.instant());
        for (String table : snapshot.tables()) {
            Long rows = now.get(table);
            if (rows != null) {
                since.put(table, Math.max(0, rows - snapshot.rowsBefore().getOrDefault(table, 0L)));
            }
        }
        return since;
    }

    private Plan read(String note) {
        try {
            return json.readValue(note, Plan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run's note is not understood", e);
        }
    }
}
