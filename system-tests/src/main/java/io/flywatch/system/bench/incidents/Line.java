package io.flywatch.system.bench.incidents;

import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.system.stand.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One migration of the stand: a database at the source, one at the target, and the ways to both. */
final class Line implements AutoCloseable {
    private static final long FIRST_STREAMED = 1_000_000;

    private final String id;
    private final int number;
    private final EmbeddedPostgres source;
    private final EmbeddedPostgres target;
    private final TcpProxy toSource;
    private final TcpProxy toTarget;
    private final Path clock;
    private final double perSecond;
    private @Nullable PacedLoad load;

    Line(int number, EmbeddedPostgres source, EmbeddedPostgres target, Path folder, Random random)
            throws SQLException, IOException {
        this.number = number;
        this.id = "line-" + number;
        this.source = source;
        this.target = target;
        this.toSource = TcpProxy.to(source.port());
        this.toTarget = TcpProxy.to(target.port());
        this.clock = folder.resolve(id + ".clock");
        this.perSecond = 4 + 16 * random.nextDouble();
        Files.writeString(clock, "0");
        source.createDatabase(sourceDatabase());
        target.createDatabase(targetDatabase());
        int rows = 2_000 + random.nextInt(40_000);
        atSource(
                "create table orders (id bigint primary key, customer_id bigint, status text, total numeric(12,2), note text,"
                        + " placed_at timestamptz default pg_catalog.clock_timestamp())",
                "create table lines (id bigint primary key, order_id bigint, product text, quantity int)",
                "insert into orders select i, i % 1000, 'new', i, 'a note of some length' from generate_series(1, "
                        + rows + ") i",
                "insert into lines select i, i, 'product', 1 from generate_series(1, " + rows + ") i",
                "create schema skewed",
                "create table skewed.by (seconds double precision, beats boolean)",
                "insert into skewed.by values (0, true)",
                "create function skewed.clock_timestamp() returns timestamptz language sql volatile as"
                        + " 'select pg_catalog.clock_timestamp() + make_interval(secs => (select seconds from skewed.by))'",
                "create function skewed.now() returns timestamptz language sql volatile as"
                        + " 'select pg_catalog.now() + make_interval(secs => (select seconds from skewed.by))'",
                "alter database " + sourceDatabase() + " set search_path = skewed, public, pg_catalog");
        atTarget(
                "create schema mischief",
                "create table mischief.mood (sleep double precision, full_disk boolean)",
                "insert into mischief.mood values (0, false)",
                "create function mischief.feel() returns trigger language plpgsql as $$ declare m mischief.mood; begin"
                        + " select * into m from mischief.mood;"
                        + " if m.full_disk then raise exception 'could not extend file \"base/16384/16385\": No space left on device'"
                        + " using errcode = '53100'; end if;"
                        + " if m.sleep > 0 then perform pg_sleep(m.sleep); end if; return new; end $$");
    }

    String id() {
        return id;
    }

    String sourceDatabase() {
        return "shop_" + number;
    }

    String targetDatabase() {
        return "moved_" + number;
    }

    TcpProxy toSource() {
        return toSource;
    }

    TcpProxy toTarget() {
        return toTarget;
    }

    double perSecond() {
        return perSecond;
    }

    /** The migration's file. */
    String declaration() {
        return """
                kind: replication
                id: %s
                source:
                  connection: source%d
                  tables: ["public.orders", "public.lines"]
                  connector:
                    transforms: "clock"
                    transforms.clock.type: "%s"
                    transforms.clock.file: "%s"
                target:
                  connection: target%d
                  database: %s
                """.formatted(id, number, SkewedClock.class.getName(), clock, number, targetDatabase());
    }

    void connections(Map<String, String> environment) {
        environment.put(
                "FLYWATCH_CONNECTIONS_SOURCE" + number + "_URL",
                "jdbc:postgresql://127.0.0.1:" + toSource.port() + "/" + sourceDatabase());
        environment.put(
                "FLYWATCH_CONNECTIONS_TARGET" + number + "_URL",
                "jdbc:postgresql://127.0.0.1:" + toTarget.port() + "/" + targetDatabase());
        for (String end : List.of("SOURCE", "TARGET")) {
            environment.put("FLYWATCH_CONNECTIONS_" + end + number + "_USERNAME", EmbeddedPostgres.USER);
            environment.put("FLYWATCH_CONNECTIONS_" + end + number + "_PASSWORD", EmbeddedPostgres.PASSWORD);
        }
    }

    /** Once the tables are at the target: what makes it slow, full or picky later; and the load begins. */
    void prepare(long seed) throws SQLException {
        atTarget(
                "create trigger feel before insert or update on orders for each row execute function mischief.feel()",
                // The processor writes as a replica does, for which ordinary triggers are off.
                "alter table orders enable always trigger feel",
                "alter table orders add constraint not_broken check (status <> 'broken') not valid");
        atSource(
                "create function skewed.beat() returns trigger language plpgsql as"
                        + " 'begin if (select beats from skewed.by) then return new; end if; return null; end'",
                "create trigger beat before insert or update on flywatch.heartbeat for each row execute function skewed.beat()");
        load = PacedLoad.start(source(), seed, perSecond, FIRST_STREAMED);
    }

    PacedLoad load() {
        PacedLoad running = load;
        if (running == null) {
            throw new IllegalStateException(id + " was not prepared");
        }
        return running;
    }

    void skew(double seconds) throws SQLException, IOException {
        atSource("update skewed.by set seconds = " + seconds);
        Files.writeString(clock, Double.toString(seconds));
    }

    void beats(boolean beats) throws SQLException {
        atSource("update skewed.by set beats = " + beats);
    }

    void mood(double sleepSeconds, boolean fullDisk) throws SQLException {
        atTarget("update mischief.mood set sleep = " + sleepSeconds + ", full_disk = " + fullDisk);
    }

    Connection source() throws SQLException {
        return source.connect(sourceDatabase());
    }

    Connection target() throws SQLException {
        return target.connect(targetDatabase());
    }

    long rowsAtTarget() throws SQLException {
        try (Connection connection = target();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from lines")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    long rowsAtSource() throws SQLException {
        try (Connection connection = source();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from lines")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void atSource(String... statements) throws SQLException {
        run(source(), statements);
    }

    void atTarget(String... statements) throws SQLException {
        run(target(), statements);
    }

    private static void run(Connection to, String... statements) throws SQLException {
        try (to;
                Statement statement = to.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (load != null) {
            load.close();
        }
        toSource.close();
        toTarget.close();
    }
}
