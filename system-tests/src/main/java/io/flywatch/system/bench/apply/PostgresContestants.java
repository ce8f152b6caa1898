package io.flywatch.system.bench.apply;

import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.system.stand.ConnectWorkerProcess;
import io.flywatch.system.stand.Peers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Those who apply to PostgreSQL, each to a database of his own that has the table ready. */
final class PostgresContestants {
    static final String DDL = "create table items (id bigint primary key, name text, note text, quantity integer,"
            + " price double precision, active boolean, changed_at timestamptz, version integer)";

    private final Children children;
    private final String bootstrapServers;
    private final String sourceUrl;
    private final EmbeddedPostgres target;

    PostgresContestants(Children children, String bootstrapServers, String sourceUrl, EmbeddedPostgres target) {
        this.children = children;
        this.bootstrapServers = bootstrapServers;
        this.sourceUrl = sourceUrl;
        this.target = target;
    }

    /** What a database's table holds, in one line. */
    String contents(String database) throws SQLException {
        try (Connection connection = target.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) || ' ' || md5(string_agg(i::text, ',' order by id)) from items i")) {
            row.next();
            return row.getString(1);
        }
    }

    Contestant flywatch(List<String> jvm) {
        return flywatch("Flywatch", "flywatch", jvm, Map.of());
    }

    /** With settings of its own, to a database of that name. */
    Contestant flywatch(String name, String database, List<String> jvm, Map<String, String> settings) {
        return new OnPostgres(name, database) {
            private @Nullable Processor processor;

            @Override
            void begin() throws Exception {
                Map<String, String> variables = new TreeMap<>(settings);
                for (String name : List.of("SOURCE", "TARGET")) {
                    variables.put("FLYWATCH_CONNECTIONS_" + name + "_USERNAME", EmbeddedPostgres.USER);
                    variables.put("FLYWATCH_CONNECTIONS_" + name + "_PASSWORD", EmbeddedPostgres.PASSWORD);
                }
                variables.put("FLYWATCH_CONNECTIONS_SOURCE_URL", sourceUrl);
                variables.put("FLYWATCH_CONNECTIONS_TARGET_URL", target.jdbcUrl("postgres"));
                processor = Processor.start(children, bootstrapServers, variables, database, jvm);
            }

            @Override
            public void stop() throws Exception {
                if (processor != null) {
                    processor.stop();
                }
                super.stop();
            }
        };
    }

    Contestant jdbcSink() {
        return new OnPostgres("Debezium JDBC sink 3.5.0", "jdbc_sink") {
            private @Nullable ConnectWorkerProcess worker;

            @Override
            void begin() throws Exception {
                worker = ConnectWorkerProcess.start(
                        children, "jdbc-sink", Peers.classPath("jdbc-sink"), bootstrapServers, List.of("-Xmx512m"));
                worker.run("jdbc-sink", settings());
            }

            private Map<String, String> settings() {
                Map<String, String> settings = new TreeMap<>();
                settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
                settings.put("topics", ChangeStream.TOPIC);
                settings.put("tasks.max", "1");
                settings.put("connection.url", target.jdbcUrl("jdbc_sink") + "?reWriteBatchedInserts=true");
                settings.put("connection.username", EmbeddedPostgres.USER);
                settings.put("connection.password", EmbeddedPostgres.PASSWORD);
                settings.put("insert.mode", "upsert");
                settings.put("delete.enabled", "true");
                settings.put("primary.key.mode", "record_key");
                settings.put("schema.evolution", "none");
                settings.put("collection.name.format", "items");
                settings.put("use.reduction.buffer", "true");
                settings.put("batch.size", "5000");
                settings.put("key.converter.schemas.enable", "true");
                settings.put("value.converter.schemas.enable", "true");
                settings.put("consumer.override.max.poll.records", "5000");
                settings.put("consumer.override.fetch.max.bytes", "52428800");
                settings.put("consumer.override.max.partition.fetch.bytes", "16777216");
                return settings;
            }

            @Override
            public String trouble() throws Exception {
                return worker == null ? "" : worker.trouble("jdbc-sink");
            }

            @Override
            public void stop() throws Exception {
                if (worker != null) {
                    worker.stop();
                }
                super.stop();
            }
        };
    }

    private abstract class OnPostgres implements Contestant {
        private final String name;
        private final String database;
        private @Nullable Connection connection;

        OnPostgres(String name, String database) {
            this.name = name;
            this.database = database;
        }

        abstract void begin() throws Exception;

        @Override
        public void start() throws Exception {
            target.createDatabase(database);
            Connection opened = target.connect(database);
            connection = opened;
            try (Statement statement = opened.createStatement()) {
                statement.execute(DDL);
            }
            begin();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean hasRow(long id) throws SQLException {
            return one("select count(*) from items where id = " + id) == 1;
        }

        @Override
        public long rows() throws SQLException {
            return one("select count(*) from items");
        }

        private long one(String query) throws SQLException {
            if (connection == null) {
                return 0;
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                return row.getLong(1);
            }
        }

        @Override
        public void stop() throws Exception {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
