package io.flywatch.system.faults.mongo;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.function.Supplier;
import org.bson.Document;

/**
 * {@code mongo-kills}: the packaged runner adds one to each document, by a pipeline whose filter goes on matching, and takes it back
 * again, and is killed with SIGKILL again and again on both ways. At the ends each document has exactly one more, and none.
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
        return "kills the runner in a $inc-like pipeline and in its rollback [--documents 20000] [--kills 10] [--workers 1] [--batch 500] [--server replica-set|stand-in]";
    }

    @Override
    public int runs() {
        return 1;
    }

    @Override
    public Runs open(Arguments arguments) throws Exception {
        return new KilledRuns(RunnerStand.start(JVM, RunnerStand.StandIn.of(arguments)), arguments);
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
                          - update: { collection: things, filter: { }, update: [ { $set: { n: { $add: [ $n, 1 ] } } } ], %1$s }
                            rollback:
                              - update: { collection: things, filter: { }, update: { $inc: { n: -1 } }, %1$s }
                    """.formatted(pace));
            List<String> wrong = new ArrayList<>();
            String run = stand.api().trigger(id);
            kill(run, random, () -> things.countDocuments(Filters.gt("n", 0)));
            wrong.addAll(judge(things, 1, stand.api().awaitSuccess(run, LIMIT)));
            String undo = stand.api().rollBack(id, "0");
            kill(undo, random, () -> things.countDocuments(Filters.lt("n", 1)));
            wrong.addAll(judge(things, 0, stand.api().awaitSuccess(undo, LIMIT)));
            return wrong;
        }

        private void kill(String run, Random random, Supplier<Long> changed) throws Exception {
            for (long kill = 1; kill <= kills; kill++) {
                long wanted = documents * kill / (kills + 2);
                stand.api()
                        .await(
                                wanted + " documents are changed",
                                LIMIT,
                                () -> changed.get() >= wanted || stand.api().isEnded(run));
                // Not always at the same place of a batch.
                Thread.sleep(random.nextInt(300));
                if (stand.api().isEnded(run)) {
                    return;
                }
                stand.kill();
                killed++;
                stand.startRunner(JVM);
            }
        }

        private List<String> judge(MongoCollection<Document> things, int each, JsonNode run) {
            List<String> wrong = new ArrayList<>();
            long right = things.countDocuments(Filters.eq("n", each));
            if (right != documents) {
                wrong.add("%d of %d documents have %d; %d have less, %d more"
                        .formatted(
                                right,
                                documents,
                                each,
                                things.countDocuments(Filters.lt("n", each)),
                                things.countDocuments(Filters.gt("n", each))));
            }
            long marked = things.countDocuments(Filters.exists("_flywatch"));
            if (marked > 0) {
                wrong.add(marked + " documents carry a mark");
            }
            long told = run.path("rows").asLong();
            if (told != documents) {
                wrong.add("the run says that it changed " + told + " documents");
            }
            return wrong;
        }

        @Override
        public List<String> summary() {
            return List.of("%d kills, %,d documents a run, changed and rolled back; %s"
                    .formatted(killed, documents, stand.server()));
        }

        @Override
        public void close() throws Exception {
            stand.close();
        }
    }
}
