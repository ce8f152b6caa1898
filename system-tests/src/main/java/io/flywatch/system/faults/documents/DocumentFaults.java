package io.flywatch.system.faults.documents;

import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.stand.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** {@code ./faults documents}: a collection of a MongoDB is moved to each target while it is written to, and disturbed. */
public final class DocumentFaults implements FaultSuite {
    private static final List<String> TARGETS = List.of("mongodb", "postgresql", "mariadb");
    private static final int TROUBLES = 4;

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public String about() {
        return "a MongoDB as the source, by Debezium's connector, with processors killed, Connect restarted and the primary stepping down"
                + " (--target mongodb|postgresql|mariadb; the stand-in, or what FLYWATCH_TEST_MONGODB_URI names)";
    }

    @Override
    public int runs() {
        return TARGETS.size();
    }

    @Override
    public Runs open(Arguments arguments) {
        String target = arguments.text("target", "");
        return new DocumentRuns((target.isEmpty() ? TARGETS : List.of(target))
                .stream()
                        .map(it -> new DocumentRoute(it, System.getenv("FLYWATCH_TEST_MONGODB_URI")))
                        .toList());
    }

    /** The targets in turn. */
    private static final class DocumentRuns implements Runs {
        private final List<DocumentRoute> routes;
        private int done;

        DocumentRuns(List<DocumentRoute> routes) {
            this.routes = routes;
        }

        @Override
        public List<String> run(Random random) throws Exception {
            DocumentRoute route = routes.get(done++ % routes.size());
            List<String> wrong = new ArrayList<>(route.run(random, TROUBLES));
            wrong.replaceAll(it -> "to " + route.target() + ": " + it);
            return wrong;
        }

        @Override
        public void close() {
            // Each run ends what it started.
        }
    }
}
