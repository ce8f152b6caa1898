package io.flywatch.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Driver;

/** The process of a MariaDB server. A shell waits beside it for the end of this JVM, and then ends the server. */
final class MariaDbProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    /** The pipe from this JVM ends when it does, however it ends. */
    private static final String UNTIL_THE_PIPE_ENDS = """
            exec 3<&0
            "$@" 3<&- </dev/null &
            server=$!
            { cat <&3 >/dev/null; kill "$server" 2>/dev/null; } &
            exec 3<&-
            wait "$server"
            """;

    private final MariaDbBinaries binaries;
    private final Path dir;
    private final int port;
    private final Map<String, String> settings;
    private final Thread atExit = new Thread(this::end, "mariadb-stop");

    private @Nullable Process process;

    MariaDbProcess(MariaDbBinaries binaries, Path dir, int port, Map<String, String> settings) {
        this.binaries = binaries;
        this.dir = dir;
        this.port = port;
        this.settings = Map.copyOf(settings);
    }

    int port() {
        return port;
    }

    /** Makes the server's own tables, unless they are there: whether it had to. */
    boolean makeSystemTables() throws IOException {
        if (Files.exists(dir.resolve("data/mysql"))) {
            return false;
        }
        Files.createDirectories(dir.resolve("data"));
        Path sql = dir.resolve("system.sql");
        binaries.writeSystemSql(sql);
        List<String> command = command();
        command.addAll(List.of("--bootstrap", "--log-warnings=0", "--enforce-storage-engine="));
        command.addAll(List.of("--max-allowed-packet=8M", "--net-buffer-length=16K", "--innodb-log-file-size=32M"));
        Process bootstrap =
                output(new ProcessBuilder(command).redirectInput(sql.toFile())).start();
        if (!ended(bootstrap, START_LIMIT) || bootstrap.exitValue() != 0) {
            bootstrap.destroyForcibly();
            throw new IOException("its system tables can't be made, see " + log());
        }
        Files.delete(sql);
        return true;
    }

    private List<String> command() {
        return new ArrayList<>(List.of(
                binaries.server().toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + binaries.home(),
                "--lc-messages-dir=" + binaries.home().resolve("share"),
                "--character-sets-dir=" + binaries.home().resolve("share/charsets"),
                "--datadir=" + dir.resolve("data")));
    }

    private ProcessBuilder output(ProcessBuilder builder) {
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                .directory(dir.toFile());
    }

    private File log() {
        return dir.resolve("mariadb.log").toFile();
    }

    /** Starts the server and waits until it answers. */
    synchronized void start(String password) throws IOException {
        Files.deleteIfExists(pidFile());
        List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_THE_PIPE_ENDS, "mariadb"));
        command.addAll(command());
        command.add("--pid-file=" + pidFile());
        command.add("--socket=" + dir.resolve("data/s"));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        Process started = output(new ProcessBuilder(command)).start();
        if (process == null) {
            Runtime.getRuntime().addShutdownHook(atExit);
        }
        process = started;
        awaitAnswer(started, password);
    }

    private void awaitAnswer(Process started, String password) throws IOException {
        long until = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try (Connection connection = connect(port, password)) {
                if (connection.isValid(5) && Files.exists(pidFile())) {
                    return;
                }
            } catch (SQLException e) {
                if (System.nanoTime() > until) {
                    throw new IOException("it does not answer after " + START_LIMIT + ": " + e.getMessage(), e);
                }
            }
            if (ended(started, Duration.ofMillis(BETWEEN_LOOKS_MILLIS))) {
                throw new IOException("it ended at once, see " + log());
            }
        }
    }

    static Connection connect(int port, String password) throws SQLException {
        return connect("jdbc:mariadb://127.0.0.1:" + port + "/?connectTimeout=5000", password);
    }

    /** Asks the driver itself, as DriverManager does not find it from every class loader. */
    static Connection connect(String url, String password) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", EmbeddedMariaDb.USER);
        properties.put("password", password);
        return new Driver().connect(url, properties);
    }

    private Path pidFile() {
        return dir.resolve("mariadb.pid");
    }

    long pid() {
        try {
            return Long.parseLong(Files.readString(pidFile()).strip());
        } catch (IOException e) {
            throw new IllegalStateException("MariaDB is not running in " + dir, e);
        }
    }

    synchronized void kill() {
        Process running = process;
        if (running != null && running.isAlive()) {
            ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
            ended(running, STOP_LIMIT);
        }
    }

    synchronized void stop() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, and with it the server
        }
    }

    /** Closing the pipe asks the server to end. */
    private void end() {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            running.getOutputStream().close();
        } catch (IOException e) {
            running.descendants().forEach(ProcessHandle::destroy);
        }
        if (!ended(running, STOP_LIMIT)) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
    }

    private static boolean ended(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while MariaDB starts or stops", e);
        }
    }
}
