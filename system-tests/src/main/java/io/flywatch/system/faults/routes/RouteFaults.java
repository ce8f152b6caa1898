package io.flywatch.system.faults.routes;

import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.stand.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** {@code ./faults routes}: Chinook is moved whole from each source to each target while it is written to. */
public final class RouteFaults implements FaultSuite {
    private static final List<String> SOURCES = List.of("postgresql", "mariadb");
    private static final List<String> TARGETS = List.of("postgresql", "mariadb", "mongodb");
    private static final int SECONDS = 5;

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public String about() {
        return "the Chinook database on each route under load, with processors killed"
                + " (--source postgresql|mariadb, --target postgresql|mariadb|mongodb, --schemas yes|no, --converter json|avro, --embed yes|no, --chinook folder)";
    }

    @Override
    public int runs() {
        return SOURCES.size() * TARGETS.size();
    }

    @Override
    public Runs open(Arguments arguments) {
        Chinook chinook = Chinook.at(arguments.text("chinook", ""));
        if (!chinook.isThere()) {
            throw new IllegalArgumentException("The scripts of Chinook 1.4.5 are not in " + chinook.folder()
                    + ": name their folder by --chinook.");
        }
        String source = arguments.text("source", "");
        String target = arguments.text("target", "");
        Map<String, String> connector = arguments.text("schemas", "yes").equals("no")
                ? Map.of("value.converter.schemas.enable", "false")
                : Map.of();
        boolean avro = arguments.text("converter", "json").equals("avro");
        boolean embeds = arguments.text("embed", "no").equals("yes");
        List<Route> routes = new ArrayList<>();
        for (String from : source.isEmpty() ? SOURCES : List.of(source)) {
            for (String to : target.isEmpty() ? TARGETS : List.of(target)) {
                if (!embeds || to.equals("mongodb")) {
                    routes.add(new Route(from, to, connector, avro, embeds));
                }
            }
        }
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("Rows are embedded at --target mongodb alone.");
        }
        return new RouteRuns(chinook, List.copyOf(routes));
    }

    /** The routes in turn. */
    private static final class RouteRuns implements Runs {
        private final Chinook chinook;
        private final List<Route> routes;
        private final List<String> done = new ArrayList<>();

        RouteRuns(Chinook chinook, List<Route> routes) {
            this.chinook = chinook;
            this.routes = routes;
        }

        @Override
        public List<String> run(Random random) throws Exception {
            Route route = routes.get(done.size() % routes.size());
            done.add(route.source() + " to " + route.target());
            List<String> wrong = new ArrayList<>(route.run(chinook, random, SECONDS));
            wrong.replaceAll(it -> done.getLast() + ": " + it);
            return wrong;
        }

        @Override
        public List<String> summary() {
            return List.of("routes: " + String.join(", ", done));
        }

        @Override
        public void close() {
            // Each run ends what it started.
        }
    }
}
