package io.flywatch.system.faults.cdc;

import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

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
                + " (--target postgresql|mongodb, --faults kill_processor,...)";
    }

    @Override
    public Runs open(Arguments arguments) throws Exception {
        String kind = arguments.text("target", "postgresql");
        List<Fault> faults = Fault.named(arguments.text("faults", ""));
        Replication replication = Replication.start(new ReplicationSetup(
                Layout.target("faults-cdc"),
                kind,
                MixedLoad.SCHEMA,
                List.of(),
                Map.of(),
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")));
        try {
            replication.awaitStreaming(Duration.ofMinutes(3));
            return new CdcRuns(replication, faults);
        } catch (InterruptedException | RuntimeException e) {
            replication.close();
            throw e;
        }
    }

    /** All runs on one replication, which has to get over each. */
    private static final class CdcRuns implements Runs {
        private final Replication replication;
        private final List<Fault> faults;
        private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
        private final Comparison comparison;
        private long changes;

        CdcRuns(Replication replication, List<Fault> faults) {
            this.replication = replication;
            this.faults = faults;
            this.comparison = new Comparison(replication);
        }

        @Override
        public List<String> run(Random random) throws Exception {
            List<String> told = new ArrayList<>();
            int poisons = 0;
            try (MixedLoad load = MixedLoad.start(replication, random.nextLong())) {
                int many = random.nextInt(FEWEST_FAULTS, MOST_FAULTS + 1);
                for (int i = 0; i < many; i++) {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 2_500));
                    Fault fault = faults.get(random.nextInt(faults.size()));
                    told.add(fault.name());
                    fault.strike(replication, random);
                    poisons += fault == Fault.POISON_RECORD ? 1 : 0;
                    done.merge(fault, 1, Integer::sum);
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 1_500));
                load.close();
                changes += load.transactions();
            }
            Fault.mend(replication);
            List<String> wrong = comparison.differences(poisons);
            return wrong.isEmpty() ? wrong : with(told, wrong);
        }

        private static List<String> with(List<String> told, List<String> wrong) {
            List<String> all = new ArrayList<>();
            all.add("after " + String.join(", ", told));
            all.addAll(wrong);
            return all;
        }

        @Override
        public List<String> summary() {
            return List.of("transactions: " + changes + "; faults: " + done);
        }

        @Override
        public void close() throws Exception {
            replication.close();
        }
    }
}
