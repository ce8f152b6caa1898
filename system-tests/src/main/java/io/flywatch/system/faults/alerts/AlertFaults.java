package io.flywatch.system.faults.alerts;

import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Two replicas, one receiver, and trouble of every sort: nothing may be lost, and doubled only after a kill. */
public final class AlertFaults implements FaultSuite {

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public String about() {
        return "alert-dispatcher: kills at chosen points, new versions, PostgreSQL and Kafka away, the clock set back, receivers that misbehave, reloads;"
                + " --alerts N a run, --seconds N away or broken, --only TROUBLE";
    }

    @Override
    public int runs() {
        return Trouble.values().length;
    }

    @Override
    public Runs open(Arguments arguments) {
        Path folder = Layout.target("faults-alerts-" + ProcessHandle.current().pid());
        return new Open(folder, arguments);
    }

    private static final class Open implements Runs {
        private final Path folder;
        private final int alerts;
        private final long seconds;
        private final String only;
        private final EmbeddedPostgres postgres;
        private final Children children;
        private final Map<Trouble, Count> counts = new EnumMap<>(Trouble.class);
        private int runs;

        Open(Path folder, Arguments arguments) {
            this.folder = folder;
            this.alerts = Math.toIntExact(arguments.number("alerts", 300));
            this.seconds = arguments.number("seconds", 60);
            this.only = arguments.text("only", "");
            this.postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
            this.children = Children.in(folder, child -> {});
        }

        @Override
        public List<String> run(Random random) throws Exception {
            Trouble trouble = only.isEmpty() ? Trouble.values()[runs % Trouble.values().length] : Trouble.valueOf(only);
            runs++;
            String database = "faults" + runs;
            postgres.createDatabase(database);
            Count count;
            try (AlertRun run = new AlertRun(children, postgres, database, folder, random)) {
                count = run.of(trouble, alerts, seconds);
            }
            System.out.println("  " + trouble + ": " + count);
            counts.merge(trouble, count, Count::plus);
            return count.wrong(trouble);
        }

        @Override
        public List<String> summary() {
            List<String> lines = new ArrayList<>(List.of("trouble: what was counted, over all runs"));
            counts.forEach((trouble, count) -> lines.add("  " + trouble + ": " + count));
            return lines;
        }

        @Override
        public void close() {
            children.close();
            children.dismissGuardian();
            postgres.close();
        }
    }
}
