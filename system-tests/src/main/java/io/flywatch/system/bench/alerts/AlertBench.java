package io.flywatch.system.bench.alerts;

import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.alerts.Dispatcher;
import io.flywatch.system.stand.alerts.Inbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Alerts posted until they are delivered to a webhook, beside Alertmanager if it is on this machine. */
public final class AlertBench implements Bench {

    private static final int COMMITS = 500;

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public String about() {
        return "alert posted to webhook delivered, beside Alertmanager; --seconds N (30) at 200 alerts/s, --jvm \"options\","
                + " --stages yes (prints where the time went), --peer no (leaves Alertmanager out)";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long seconds = arguments.number("seconds", 30);
        List<List<String>> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Path folder = Layout.target("bench-alerts-" + ProcessHandle.current().pid());
        try (Inbox inbox = Inbox.open();
                EmbeddedPostgres postgres = EmbeddedPostgres.startDurable(folder.resolve("postgres"));
                Children children = Children.in(folder, child -> {})) {
            postgres.createDatabase("bench");
            double commit = commit(postgres);
            Dispatcher.policy(folder.resolve("policy.yaml"), inbox.url(), 0);
            Dispatcher dispatcher = Dispatcher.start(
                            children,
                            "dispatcher",
                            postgres.port(),
                            "bench",
                            folder.resolve("policy.yaml"),
                            jvm(arguments))
                    .await();
            Race race = new Race(inbox, dispatcher.url(), dispatcher.process(), new ArrayList<>());
            rows.add(race.run("Flywatch", seconds));
            if (!arguments.text("stages", "no").equals("no")) {
                Stages.print(System.out, race.seen(), postgres);
            }
            dispatcher.stop();
            notes.add(String.format(
                    Locale.ROOT,
                    "One commit of one row in the same PostgreSQL took %.2f ms before and %.2f ms after the run (medians of %d).",
                    commit,
                    commit(postgres),
                    COMMITS));
            children.dismissGuardian();
            boolean left = arguments.text("peer", "yes").equals("no");
            Alertmanager peer = left ? null : Alertmanager.start(folder, inbox).orElse(null);
            if (peer == null) {
                notes.add(
                        left
                                ? "Alertmanager was left out."
                                : "Alertmanager is not on this machine (looked for prometheus-alertmanager and alertmanager on the PATH).");
            } else {
                try (peer) {
                    rows.add(new Race(inbox, peer.url(), peer.process(), new ArrayList<>())
                            .run("Alertmanager", seconds));
                }
            }
        }
        notes.add(
                "One receiver on loopback, each alert a group of its own, no waiting for groups, no storm control; both were warmed up by"
                        + " 12,000 posts as fast as they were taken and 200 at the rate of the measurement. Flywatch stores each alert in"
                        + " PostgreSQL (fsync on) before it answers; Alertmanager keeps alerts in memory.");
        return new Table(
                "Alerts: posted to delivered",
                List.of(
                        "",
                        "200 alerts/s: median",
                        "99th percentile",
                        "processor time per alert",
                        "1,000 in one post: all delivered after",
                        "10,000 in ten posts at once: delivered",
                        "after",
                        "resident memory then"),
                rows,
                notes);
    }

    private static List<String> jvm(Arguments arguments) {
        List<String> jvm = new ArrayList<>(List.of("-Xmx512m"));
        String more = arguments.text("jvm", "");
        jvm.addAll(more.isEmpty() ? List.of() : List.of(more.split(" ")));
        return jvm;
    }

    private static double commit(EmbeddedPostgres postgres) throws Exception {
        double[] took = new double[COMMITS];
        try (Connection connection = postgres.connect("bench");
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists commits (n integer)");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("insert into commits values (?)")) {
                for (int i = 0; i < COMMITS; i++) {
                    insert.setInt(1, i);
                    insert.executeUpdate();
                    long since = System.nanoTime();
                    connection.commit();
                    took[i] = (System.nanoTime() - since) / 1e6;
                }
            }
        }
        Arrays.sort(took);
        return took[COMMITS / 2];
    }
}
