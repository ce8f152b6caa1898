package io.flywatch.system.faults.cdc;

import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** {@code ./faults cdc}: a mixed load, a few faults at random moments, and then source and target have to be equal. */
public final class CdcFaults implements FaultSuite {
    private static final int FEWEST_FAULTS = 2;
    private static final int MOST_FAULTS = 4;

    @Override
    public String name() {
        return "cdc";
    }

    @Override
    public String about() {
        return "processors killed and rebalanced, broker, Connect and target broken under a mixed load"
                + " (--source postgresql|mariadb, --target postgresql|mariadb|mongodb, --faults kill_processor,...)";
    }

    @Override
    public Runs open(Arguments arguments) throws Exception {
        String source = arguments.text("source", "postgresql");
        String target = arguments.text("target", "postgresql");
        List<Fault> faults = Fault.named(arguments.text("faults", ""));
        Replication replication = Replication.start(new ReplicationSetup(
                Layout.target("faults-cdc-" + source + "-" + target),
                source,
                target,
                Ground.source(source),
                Ground.target(target),
                Map.of("incremental.snapshot.chunk.size", "40"),
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")));
        try {
            replication.awaitStreaming(Duration.ofMinutes(3));
            List<Fault> possible = new ArrayList<>();
            for (Fault fault : faults) {
                if (fault.isPossible(replication)) {
                    possible.add(fault);
                }
            }
            return new CdcRuns(replication, source.equals("mariadb"), possible);
        } catch (Exception e) {
            replication.close();
            throw e;
        }
    }

    /** All runs on one replication, which has to get over each. */
    private static final class CdcRuns implements Runs {
        private final Replication replication;
        private final boolean fromMariaDb;
        private final List<Fault> faults;
        private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
        private final AtomicLong versions = new AtomicLong();
        private final Comparison comparison;
        private final Letters letters;
        private long transactions;
        private long poisons;

        CdcRuns(Replication replication, boolean fromMariaDb, List<Fault> faults) {
            this.replication = replication;
            this.fromMariaDb = fromMariaDb;
            this.faults = List.copyOf(faults);
            this.comparison = new Comparison(replication);
            this.letters = new Letters(replication);
        }

        @Override
        public List<String> run(Random random) throws Exception {
            List<Fault> struck = new ArrayList<>();
            try (MixedLoad load = MixedLoad.start(replication, fromMariaDb, versions, random.nextLong())) {
                int many = random.nextInt(FEWEST_FAULTS, MOST_FAULTS + 1);
                for (int i = 0; i < many; i++) {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 2_500));
                    Fault fault = faults.get(random.nextInt(faults.size()));
                    struck.add(fault);
                    fault.strike(replication, random);
                    done.merge(fault, 1, Integer::sum);
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 1_500));
                load.close();
                transactions += load.transactions();
            }
            Fault.mend(replication);
            if (struck.contains(Fault.READ_ANEW)) {
                new ReadAnew(replication).settle();
            }
            int poisoned = Collections.frequency(struck, Fault.POISON_RECORD);
            poisons += poisoned;
            List<String> wrong = new ArrayList<>(letters.settle(poisoned));
            wrong.addAll(comparison.differences(struck.stream().anyMatch(Fault::repeats)));
            // What came late must not have been taken for well.
            wrong.addAll(letters.settle(0));
            return wrong.isEmpty() ? wrong : with(struck.toString(), wrong);
        }

        private static List<String> with(String told, List<String> wrong) {
            List<String> all = new ArrayList<>();
            all.add("after " + told);
            all.addAll(wrong);
            return all;
        }

        @Override
        public List<String> summary() {
            return List.of(
                    "transactions: " + transactions + ", poisoned records: " + poisons + ", faults: " + done,
                    "writes that were made again to the same effect, for changes that the topic held twice: "
                            + comparison.again());
        }

        @Override
        public void close() throws Exception {
            replication.close();
        }
    }
}
