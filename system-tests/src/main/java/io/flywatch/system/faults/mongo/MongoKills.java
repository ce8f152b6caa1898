package io.flywatch.system.faults.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Filling;
import io.flywatch.system.stand.RunnerStand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;

/**
 * {@code mongo-kills}: the packaged runner adds one to each document, by a pipeline whose filter goes on matching, and is killed with
 * SIGKILL again and again on the way. At the end each document has exactly one.
 */
public final class MongoKills implements FaultSuite {
    private static final List<String> JVM = List.of("-Xmx512m");
    private static final Duration LIMIT = Duration.ofHours(2);

    @Override
    public String name() {
        return "mongo-kills";
    }

    @Override
    public String about() {
        return "kills the runner in a $inc-like pipeline [--documents 20000] [--kills 10] [--workers 1] [--batch 500] [--server replica-set|stand-in]";
    }

    @Override
    public int runs() {
        return 1;
    }

    @Override
    public Runs open(Arguments arguments) throws Exception {
        return new KilledRuns(RunnerStand.start(JVM, isReplicaSet(arguments)), arguments);
    }

    private static boolean isReplicaSet(Arguments arguments) {
        String server = arguments.text("server", "stand-in");
        if (!server.matches("replica-set|stand-in")) {
            throw new IllegalArgumentException("--server is replica-set or stand-in, and not " + server);
        }
        return server.equals("replica-set");
    }

    private static final class KilledRuns implements Runs {
        private final RunnerStand stand;
        private final long documents;
        private final long kills;
        private final String pace;
        private int round;
        private long killed;

        KilledRuns(RunnerStand stand, Arguments arguments) {
            this.stand = stand;
            this.documents = arguments.number("documents", 20_000);
            this.kills = arguments.number("kills", 10);
            this.pace = "batchSize: %d, workers: %d"
                    .formatted(arguments.number("batch", 500), arguments.number("workers", 1));
        }

        @Override
        public List<String> run(Random random) throws Exception {
            MongoCollection<Document> things = stand.database().getCollection("things");
            Filling.fill(things, documents);
            String id = "kills-" + ++round + "-" + Math.abs(random.nextInt());
            stand.declare(id, """
                      - version: 1
                        steps:
                          - update: { collection: things, filter: { }, update: [ { $set: { n: { $add: [ $n, 1 ] } } } ], %s }
                    """.formatted(pace));
            String run = stand.trigger(id);
            for (long kill = 1; kill <= kills; kill++) {
                awaitChanged(things, documents * kill / (kills + 2), run);
                // Not always at the same place of a batch.
                Thread.sleep(random.nextInt(300));
                if (!stand.run(run).path("state").asText().equalsIgnoreCase("running")) {
                    break;
                }
                stand.kill();
                killed++;
                stand.startRunner(JVM);
            }
            long told = stand.awaitSuccess(run, LIMIT).path("rows").asLong();
            return judge(things, told);
        }

        private void awaitChanged(MongoCollection<Document> things, long changed, String run) throws Exception {
            while (things.countDocuments(Filters.gt("n", 0)) < changed
                    && stand.run(run).path("state").asText().matches("(?i)pending|running")) {
                Thread.sleep(50);
            }
        }

        private List<String> judge(MongoCollection<Document> things, long told) {
            List<String> wrong = new ArrayList<>();
            long once = things.countDocuments(Filters.eq("n", 1));
            if (once != documents) {
                wrong.add("%d of %d documents were changed exactly once; %d not at all, %d more than once"
                        .formatted(
                                once,
                                documents,
                                things.countDocuments(Filters.eq("n", 0)),
                                things.countDocuments(Filters.gt("n", 1))));
            }
            long marked = things.countDocuments(Filters.exists("_flywatch"));
            if (marked > 0) {
                wrong.add(marked + " documents carry a mark");
            }
            if (told != documents) {
                wrong.add("the run says that it changed " + told + " documents");
            }
            return wrong;
        }

        @Override
        public List<String> summary() {
            return List.of("%d kills, %,d documents a run, %s".formatted(killed, documents, stand.server()));
        }

        @Override
        public void close() {
            stand.close();
        }
    }
}
