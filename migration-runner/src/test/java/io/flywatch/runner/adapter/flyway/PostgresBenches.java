package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.sql.Dialect;
import io.flywatch.stack.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server with a database of its own for each test. */
record PostgresBenches(EmbeddedPostgres server, AtomicInteger databases) implements AutoCloseable {

    static PostgresBenches start(Path files) {
        return new PostgresBenches(EmbeddedPostgres.start(files.resolve("server")), new AtomicInteger());
    }

    /** A new database and a folder with one script, which makes the tables {@code orders} and {@code kept}. */
    ScriptBench next(Path folder) {
        String name = "d" + databases.incrementAndGet();
        server.createDatabase(name);
        return new ScriptBench(
                        Dialect.POSTGRESQL,
                        server.jdbcUrl(name),
                        EmbeddedPostgres.USER,
                        EmbeddedPostgres.PASSWORD,
                        folder)
                .script(
                        "V1__orders.sql",
                        "create table orders (id int primary key, note text);\ncreate table kept (id int);");
    }

    @Override
    public void close() {
        server.close();
    }
}
