package io.flywatch.system.bench.mongo;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.RunnerStand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.bson.Document;

/** {@code mongo-change-sets}: what a tiny change set costs beside its bare command, for growing numbers of them. */
public final class MongoChangeSetsBench implements Bench {
    private static final Duration LIMIT = Duration.ofHours(2);

    @Override
    public String name() {
        return "mongo-change-sets";
    }

    @Override
    public String about() {
        return "a run of many tiny change sets beside the bare commands [--most 10000]";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long most = arguments.number("most", 10_000);
        try (RunnerStand stand = RunnerStand.start(List.of("-Xmx1g"))) {
            through(stand, "warm", 200);
            return new Table(
                    "Many tiny change sets",
                    List.of("change sets", "run", "each", "bare command each", "cost of bookkeeping each"),
                    List.of(
                            row(stand, Math.max(1, most / 10)),
                            row(stand, Math.max(1, most * 3 / 10)),
                            row(stand, most)),
                    List.of(
                            "Each change set inserts one document; the bare command is the same insert on a majority. Times as the run says, with ledger, checkpoints, control database and events.",
                            "Server: " + stand.server() + "."));
        }
    }

    private static List<String> row(RunnerStand stand, long sets) throws Exception {
        Duration run = through(stand, "sets-" + sets, sets);
        Duration bare = bare(stand, sets);
        double each = run.toNanos() / 1e6 / sets;
        double bareEach = bare.toNanos() / 1e6 / sets;
        return List.of(
                "%,d".formatted(sets),
                text("%.1f s", run.toMillis() / 1000.0),
                text("%.2f ms", each),
                text("%.2f ms", bareEach),
                text("%.2f ms", each - bareEach));
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static Duration through(RunnerStand stand, String id, long sets) throws Exception {
        StringBuilder text = new StringBuilder();
        for (long set = 1; set <= sets; set++) {
            text.append("  - { version: %d, steps: [ { insert: { collection: tiny, documents: [ { n: %d } ] } } ] }%n"
                    .formatted(set, set));
        }
        stand.declare(id, text.toString());
        var run = stand.api().awaitSuccess(stand.api().trigger(id), LIMIT);
        return Duration.between(
                Instant.parse(run.path("startedAt").asText()),
                Instant.parse(run.path("endedAt").asText()));
    }

    private static Duration bare(RunnerStand stand, long sets) {
        MongoCollection<Document> tiny = stand.database().getCollection("bare").withWriteConcern(WriteConcern.MAJORITY);
        long since = System.nanoTime();
        for (long set = 1; set <= sets; set++) {
            tiny.insertOne(new Document("n", set));
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
