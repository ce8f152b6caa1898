package io.flywatch.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.quickstart.boot.Environment;
import io.flywatch.quickstart.boot.Port;
import io.flywatch.quickstart.boot.Ports;
import io.flywatch.quickstart.boot.Service;
import io.flywatch.quickstart.boot.Services;
import io.flywatch.quickstart.inbox.Inbox;
import io.flywatch.quickstart.process.Child;
import io.flywatch.quickstart.process.Children;
import io.flywatch.quickstart.screen.Terminal;
import io.flywatch.quickstart.source.Database;
import io.flywatch.quickstart.target.Target;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.MongoStandIn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Starts everything, each part as soon as what it needs is there, and tells of each in a steady order. */
final class Assembly {

    private final Options options;
    private final Map<String, String> environment;
    private final Path home;
    private final Path folder;
    private final Terminal terminal;
    private final Closing closing;

    Assembly(
            Options options,
            Map<String, String> environment,
            Path home,
            Path folder,
            Terminal terminal,
            Closing closing) {
        this.options = options;
        this.environment = environment;
        this.home = home;
        this.folder = folder;
        this.terminal = terminal;
        this.closing = closing;
    }

    Rig start(ObjectMapper json, Consumer<Child> onUnexpectedEnd) throws Exception {
        Ports ports = Ports.of(options.portBase, options.ports);
        ports.mustBeFree();
        // What is the user's own is looked at before anything is started.
        Optional<Plan> own = Optional.ofNullable(options.sourceUrl)
                .map(url -> new Sources(terminal).own(Database.parse(url, environment)));
        Target target = closing.add(target());
        Watch watch = new Watch();
        Children children = Children.in(folder, onUnexpectedEnd);
        closing.add(children::dismissGuardian);
        closing.addFirst(children);
        // Both at once, as each waits for the disk now and then.
        CompletableFuture<EmbeddedPostgres> database = CompletableFuture.supplyAsync(
                () -> closing.add(EmbeddedPostgres.start(folder.resolve("postgres"), 0, false)),
                command -> Thread.ofPlatform().daemon().name("postgres").start(command));
        closing.add(EmbeddedKafka.start(folder.resolve("kafka"), ports.number(Port.KAFKA)));
        done("Kafka", "127.0.0.1:" + ports.number(Port.KAFKA), watch);
        Services services = new Services(home, children);
        Child connect = services.startConnect(ports);
        EmbeddedPostgres postgres = get(database);
        Database control = control(postgres);
        done("PostgreSQL", "127.0.0.1:" + postgres.port() + ", wal_level=logical", watch);
        Inbox inbox = closing.add(Inbox.start(json));
        Plan plan = plan(own, postgres, target, inbox, ports, control, services);
        done("Source", sourceLine(plan), watch);
        new Sources(terminal).nameLeftOut(plan);
        done("Target", targetLine(target), watch);
        done("Inbox", inbox.url() + " plays Slack and PagerDuty; mail at port " + inbox.smtpPort(), watch);
        services.awaitConnect(connect, ports);
        done("Kafka Connect", ports.url(Port.CONNECT) + " with Debezium's connectors", watch);
        for (Service service : Service.values()) {
            services.await(service, ports);
            done(service.module(), ports.url(service.port()), watch);
        }
        children.complete();
        terminal.aside(Environment.THRESHOLDS);
        return new Rig(ports, inbox, target, plan, services);
    }

    // The services start while the source is being filled.
    private Plan plan(
            Optional<Plan> own,
            EmbeddedPostgres postgres,
            Target target,
            Inbox inbox,
            Ports ports,
            Database control,
            Services services)
            throws SQLException {
        if (own.isPresent()) {
            Database source = own.get().source();
            startServices(services, new Environment(ports, control, source, target, inbox, declare(target)));
            return own.get();
        }
        Sources sources = new Sources(terminal);
        String name = options.dataset == null ? "shop" : "dataset";
        Database source = new Database(postgres.jdbcUrl(name), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
        startServices(services, new Environment(ports, control, source, target, inbox, declare(target)));
        return options.dataset == null ? sources.shop(postgres) : sources.dataset(postgres, options.dataset);
    }

    private Path declare(Target target) {
        return Declarations.write(
                home.resolve("embedded-quickstart/migrations"), folder.resolve("migrations"), target.databaseName());
    }

    private static void startServices(Services services, Environment environment) {
        for (Service service : Service.values()) {
            services.start(service, environment);
        }
    }

    private Target target() {
        String database = options.dataset == null && options.sourceUrl == null ? "shop" : "everything";
        return options.target(environment)
                .map(uri -> Target.own(uri, database))
                .orElseGet(
                        () -> Target.standIn(closing.add(MongoStandIn.start()).uri(), database));
    }

    private static Database control(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.connect(EmbeddedPostgres.USER);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE flywatch LOGIN REPLICATION PASSWORD 'flywatch'");
            statement.execute("CREATE DATABASE flywatch OWNER flywatch");
            // Without a limit nobody could say how long a slot may stand still, and the gate would stay closed.
            statement.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '4GB'");
            statement.execute("SELECT pg_reload_conf()");
        }
        return new Database(postgres.jdbcUrl("flywatch"), "flywatch", "flywatch");
    }

    private String sourceLine(Plan plan) throws SQLException {
        String what = options.sourceUrl != null
                ? plan.source().shortName()
                : options.dataset != null ? String.valueOf(options.dataset.getFileName()) : "a shop";
        return what + ": " + (options.sourceUrl == null ? Sources.size(plan) : Sources.roughSize(plan));
    }

    private String targetLine(Target target) {
        return options.target(environment).isPresent()
                ? target.description() + ", database " + target.databaseName()
                : "a stand-in in memory, as FLYWATCH_MONGODB_URI is not set";
    }

    private static EmbeddedPostgres get(CompletableFuture<EmbeddedPostgres> database) throws InterruptedException {
        try {
            return database.get();
        } catch (ExecutionException e) {
            throw new Refusal(String.valueOf(e.getMessage()), e);
        }
    }

    private void done(String name, String what, Watch watch) {
        terminal.done(name, what, watch.lap());
    }

    /** Seconds since the last look. */
    private static final class Watch {
        private long last = System.nanoTime();

        String lap() {
            long now = System.nanoTime();
            String seconds = String.format(Locale.ROOT, "%.1f s", (now - last) / 1e9);
            last = now;
            return seconds;
        }
    }
}
