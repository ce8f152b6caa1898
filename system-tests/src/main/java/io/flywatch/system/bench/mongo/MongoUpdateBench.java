package io.flywatch.system.bench.mongo;

import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Filling;
import io.flywatch.system.stand.RunnerStand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.Document;

/** {@code mongo-update}: a batched update through the packaged runner beside the same batches sent by a bare loop over the driver. */
public final class MongoUpdateBench implements Bench {
    private static final Duration LIMIT = Duration.ofHours(2);

    @Override
    public String name() {
        return "mongo-update";
    }

    @Override
    public String about() {
        return "a batched update beside a bare loop over the driver [--documents 100000] [--batch 1000] [--rounds 3]";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long documents = arguments.number("documents", 100_000);
        int batch = (int) arguments.number("batch", 1_000);
        long rounds = arguments.number("rounds", 3);
        try (RunnerStand stand = RunnerStand.start(List.of("-Xmx512m"))) {
            MongoCollection<Document> things = stand.database()
                    .getCollection("things")
                    .withWriteConcern(WriteConcern.MAJORITY)
                    .withReadPreference(ReadPreference.primary());
            // Warm-up of server, driver and runner; not counted.
            Filling.fill(things, Math.min(documents, 10_000));
            through(stand, "warm", batch, 1);
            double bare = 0;
            double one = 0;
            double four = 0;
            for (int round = 1; round <= rounds; round++) {
                Filling.fill(things, documents);
                bare = Math.max(bare, rate(documents, bare(things, batch)));
                Filling.fill(things, documents);
                one = Math.max(one, rate(documents, through(stand, "one-" + round, batch, 1)));
                Filling.fill(things, documents);
                four = Math.max(four, rate(documents, through(stand, "four-" + round, batch, 4)));
            }
            return table(stand, documents, batch, rounds, bare, one, four);
        }
    }

    private static Table table(
            RunnerStand stand, long documents, int batch, long rounds, double bare, double one, double four) {
        return new Table(
                "A batched update of MongoDB",
                List.of("who", "documents/s", "of the bare loop"),
                List.of(
                        row("bare loop over the driver", bare, bare),
                        row("Flywatch, one worker", one, bare),
                        row("Flywatch, four workers", four, bare)),
                List.of(
                        "%,d documents of some 300 bytes, batches of %,d, `$inc` with the filter `{ }`; the best of %d rounds each, all writes on a majority. Flywatch's time is from the start to the end of the run as the run says, with ledger, checkpoints, final pass, samples and events."
                                .formatted(documents, batch, rounds),
                        stand.isReal()
                                ? "Server: the one that FLYWATCH_TEST_MONGODB_URI names."
                                : "Server: the stand-in (mongo-java-server), not MongoDB: it has no transactions, so each document is marked and unmarked, and it looks at the whole collection for each range."));
    }

    private static List<String> row(String who, double rate, double bare) {
        return List.of(who, "%,.0f".formatted(rate), String.format(Locale.ROOT, "%.2f", rate / bare));
    }

    private static double rate(long documents, Duration took) {
        return documents / (took.toNanos() / 1e9);
    }

    private static Duration bare(MongoCollection<Document> things, int batch) {
        long since = System.nanoTime();
        Object last = null;
        while (true) {
            List<Object> ids = things.find(last == null ? Filters.empty() : Filters.gt("_id", last))
                    .projection(Projections.include("_id"))
                    .sort(Sorts.ascending("_id"))
                    .limit(batch)
                    .batchSize(batch + 1)
                    .map(it -> it.get("_id"))
                    .into(new ArrayList<>());
            if (ids.isEmpty()) {
                return Duration.ofNanos(System.nanoTime() - since);
            }
            things.updateMany(
                    last == null
                            ? Filters.lte("_id", ids.getLast())
                            : Filters.and(Filters.gt("_id", last), Filters.lte("_id", ids.getLast())),
                    Updates.inc("n", 1));
            last = ids.getLast();
        }
    }

    private static Duration through(RunnerStand stand, String name, int batch, int workers) throws Exception {
        String id = "update-" + name + "-" + Long.toString(System.nanoTime(), 36);
        stand.declare(id, """
                  - version: 1
                    steps:
                      - update: { collection: things, filter: { }, update: { $inc: { n: 1 } }, batchSize: %d, workers: %d }
                """.formatted(batch, workers));
        var run = stand.awaitSuccess(stand.trigger(id), LIMIT);
        return Duration.between(
                Instant.parse(run.path("startedAt").asText()),
                Instant.parse(run.path("endedAt").asText()));
    }
}
