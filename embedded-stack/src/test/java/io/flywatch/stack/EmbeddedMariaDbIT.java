package io.flywatch.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMariaDbIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    @BeforeAll
    static void runsHere() {
        assumeTrue(EmbeddedMariaDb.missing().isEmpty(), EmbeddedMariaDb.missing()::get);
    }

    @Test
    void logsRowsAndAsksForAPassword() throws Exception {
        ProcessHandle process;
        try (EmbeddedMariaDb mariaDb = EmbeddedMariaDb.start(dir)) {
            mariaDb.createDatabase("shop");
            process = ProcessHandle.of(mariaDb.pid()).orElseThrow();

            try (Connection connection = mariaDb.connect("shop");
                    Statement statement = connection.createStatement()) {
                assertThat(value(statement, "SELECT concat(@@log_bin, @@binlog_format, @@binlog_row_image)"))
                        .isEqualTo("ONROWFULL");
                statement.execute("CREATE TABLE t (id int PRIMARY KEY, name varchar(9))");
                statement.execute("INSERT INTO t VALUES (1, 'h\u00e9llo \ud83d\udc1d')");
                assertThat(value(statement, "SELECT name FROM t")).isEqualTo("h\u00e9llo \ud83d\udc1d");
            }
            for (List<String> stranger :
                    List.of(List.of("root", "wrong"), List.of("root", ""), List.of("nobody", ""))) {
                assertThatThrownBy(() -> DriverManager.getConnection(
                                mariaDb.jdbcUrl("shop"), stranger.getFirst(), stranger.getLast()))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("28000"));
            }
        }
        assertThat(process.onExit()).succeedsWithin(LIMIT);
    }

    @Test
    void keepsItsRowsWhenItIsKilledAndStartsAgainWithOtherSettings() throws Exception {
        try (EmbeddedMariaDb mariaDb = EmbeddedMariaDb.start(dir)) {
            mariaDb.createDatabase("shop");
            execute(mariaDb, "CREATE TABLE t (id int PRIMARY KEY)");
            execute(mariaDb, "INSERT INTO t VALUES (7)");

            mariaDb.kill();
            assertThatThrownBy(() -> mariaDb.connect("shop")).isInstanceOf(SQLException.class);
            mariaDb.startAgain();
            execute(mariaDb, "INSERT INTO t VALUES (8)");
        }

        try (EmbeddedMariaDb mariaDb = EmbeddedMariaDb.start(dir, 0, Map.of("binlog-format", "STATEMENT"));
                Connection connection = mariaDb.connect("shop");
                Statement statement = connection.createStatement()) {
            assertThat(value(statement, "SELECT concat(sum(id), @@binlog_format) FROM t"))
                    .isEqualTo("15STATEMENT");
        }
    }

    @Test
    void endsWithAJvmThatIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String pid = jvm.inputReader().readLine();
        ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

        jvm.destroyForcibly();

        assertThat(server.onExit()).succeedsWithin(LIMIT);
    }

    /** Starts a server, prints its process id and waits to be killed. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] args) throws Exception {
            System.out.println(EmbeddedMariaDb.start(Path.of(args[0])).pid());
            Thread.currentThread().join();
        }
    }

    private static void execute(EmbeddedMariaDb mariaDb, String sql) throws SQLException {
        try (Connection connection = mariaDb.connect("shop");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
