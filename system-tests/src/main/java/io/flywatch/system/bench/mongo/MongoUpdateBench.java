package io.flywatch.system.bench.mongo;

import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Filling;
import io.flywatch.system.stand.RunnerStand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bson.Document;

/** {@code mongo-update}: a batched update through the packaged runner beside the same batches sent by bare loops over the driver. */
public final class MongoUpdateBench implements Bench {
    private static final Duration LIMIT = Duration.ofHours(2);
    private static final String CARELESS = "bare loop over the driver";

    @Override
    public String name() {
        return "mongo-update";
    }

    @Override
    public String about() {
        return "a batched update beside bare loops over the driver [--documents 100000] [--batch 1000] [--rounds 3] [--server replica-set|stand-in]";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long documents = arguments.number("documents", 100_000);
        int batch = (int) arguments.number("batch", 1_000);
        long rounds = arguments.number("rounds", 3);
        try (RunnerStand stand = RunnerStand.start(List.of("-Xmx512m"), RunnerStand.StandIn.of(arguments))) {
            MongoCollection<Document> things = stand.database()
                    .getCollection("things")
                    .withWriteConcern(WriteConcern.MAJORITY)
                    .withReadPreference(ReadPreference.primary());
            BareLoops loops = new BareLoops(stand.client(), things, books(stand), batch);
            boolean transactions = stand.hasTransactions();
            Map<String, Callable<Duration>> contestants = new LinkedHashMap<>();
            contestants.put(CARELESS, loops::careless);
            contestants.put(
                    transactions ? "bare loop, each batch a transaction" : "bare loop that marks each document",
                    transactions ? loops::inTransactions : loops::withMarks);
            contestants.put("Flywatch, one worker", () -> through(stand, batch, 1));
            contestants.put("Flywatch, four workers", () -> through(stand, batch, 4));
            // Warm-up of server, driver and runner; not counted.
            round(contestants, things, Math.min(documents, 10_000));
            Map<String, Double> best = new LinkedHashMap<>();
            for (int round = 1; round <= rounds; round++) {
                round(contestants, things, documents).forEach((who, rate) -> best.merge(who, rate, Math::max));
            }
            return table(best, stand, documents, batch, rounds);
        }
    }

    private static MongoCollection<Document> books(RunnerStand stand) {
        return stand.database().getCollection("bare_books").withWriteConcern(WriteConcern.MAJORITY);
    }

    private static Map<String, Double> round(
            Map<String, Callable<Duration>> contestants, MongoCollection<Document> things, long documents)
            throws Exception {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (Map.Entry<String, Callable<Duration>> it : contestants.entrySet()) {
            Filling.fill(things, documents);
            rates.put(it.getKey(), documents / (it.getValue().call().toNanos() / 1e9));
        }
        return rates;
    }

    private static Table table(Map<String, Double> best, RunnerStand stand, long documents, int batch, long rounds) {
        List<Double> rates = List.copyOf(best.values());
        List<List<String>> rows = new ArrayList<>();
        best.forEach((who, rate) ->
                rows.add(List.of(who, "%,.0f".formatted(rate), share(rate, rates.get(0)), share(rate, rates.get(1)))));
        return new Table(
                "A batched update of MongoDB",
                List.of("who", "documents/s", "of the bare loop", "of the bare loop that changes each once"),
                rows,
                List.of(
                        "%,d documents of some 300 bytes, batches of %,d, `$inc` with the filter `{ }`; the best of %d rounds each, all writes on a majority. Flywatch's time is from the start to the end of the run as the run says, with ledger, checkpoints, final pass, samples and events."
                                .formatted(documents, batch, rounds),
                        "The bare loop would change documents twice if it were killed and begun again; the second one would not, and has nothing else: no lease, no final pass, no samples, no events.",
                        "Server: " + stand.server() + "."));
    }

    private static String share(double rate, double of) {
        return String.format(Locale.ROOT, "%.2f", rate / of);
    }

    private static Duration through(RunnerStand stand, int batch, int workers) throws Exception {
        String id = "update-" + Long.toString(System.nanoTime(), 36);
        stand.declare(id, """
                  - version: 1
                    steps:
                      - update: { collection: things, filter: { }, update: { $inc: { n: 1 } }, batchSize: %d, workers: %d }
                """.formatted(batch, workers));
        var run = stand.api().awaitSuccess(stand.api().trigger(id), LIMIT);
        return Duration.between(
                Instant.parse(run.path("startedAt").asText()),
                Instant.parse(run.path("endedAt").asText()));
    }
}
