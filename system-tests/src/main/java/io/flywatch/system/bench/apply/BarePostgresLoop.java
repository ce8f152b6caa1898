package io.flywatch.system.bench.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.stack.EmbeddedPostgres;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What PostgreSQL can do at most: the same rows, each batch folded to the last state of a key and written as text beforehand, copied
 * into a table aside and inserted from there. Reading from Kafka and parsing are not in its time.
 */
final class BarePostgresLoop implements Contestant {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 5_000;
    private static final List<String> COLUMNS =
            List.of("id", "name", "note", "quantity", "price", "active", "changed_at", "version");
    private static final String INSERT =
            "insert into items select * from aside on conflict (id) do update set name = excluded.name,"
                    + " note = excluded.note, quantity = excluded.quantity, price = excluded.price, active = excluded.active,"
                    + " changed_at = excluded.changed_at, version = excluded.version";

    private final EmbeddedPostgres server;
    private final String bootstrapServers;
    private long rate;
    private @Nullable Connection connection;

    BarePostgresLoop(EmbeddedPostgres server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public String name() {
        return "bare COPY and INSERT … ON CONFLICT, already parsed";
    }

    @Override
    public void start() throws Exception {
        server.createDatabase("bare_loop");
        Connection opened = server.connect("bare_loop");
        connection = opened;
        opened.setAutoCommit(false);
        try (Statement statement = opened.createStatement()) {
            statement.execute(PostgresContestants.DDL);
            statement.execute("create temporary table aside (like items) on commit delete rows");
            statement.execute("create temporary table gone (id bigint) on commit delete rows");
            opened.commit();
            run(opened, statement);
        }
    }

    private void run(Connection opened, Statement statement) throws Exception {
        long records = 0;
        long nanos = 0;
        boolean measured = false;
        boolean done = false;
        try (KafkaConsumer<byte[], byte[]> consumer = ChangeStream.consumer(bootstrapServers, BATCH)) {
            while (!done) {
                Map<Long, String> batch = new LinkedHashMap<>();
                int read = 0;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    read++;
                    fold(record, batch);
                }
                long since = System.nanoTime();
                write(opened, statement, batch);
                if (measured) {
                    nanos += System.nanoTime() - since;
                    records += read;
                }
                measured |= batch.containsKey(ChangeStream.FIRST_MARK);
                done = batch.containsKey(ChangeStream.LAST_MARK);
            }
        }
        rate = Math.round(records / (nanos / 1e9));
    }

    /** Null stands for a row that is gone. */
    private static void fold(ConsumerRecord<byte[], byte[]> record, Map<Long, String> batch) throws Exception {
        if (record.value() == null) {
            return;
        }
        long id = JSON.readTree(record.key()).at("/payload/id").asLong();
        JsonNode after = JSON.readTree(record.value()).at("/payload/after");
        if (after.isNull()) {
            batch.put(id, "");
            return;
        }
        StringBuilder line = new StringBuilder();
        for (String column : COLUMNS) {
            line.append(line.isEmpty() ? "" : "\t").append(after.path(column).asText());
        }
        batch.put(id, line.append('\n').toString());
    }

    private static void write(Connection connection, Statement statement, Map<Long, String> batch) throws Exception {
        StringBuilder rows = new StringBuilder();
        StringBuilder gone = new StringBuilder();
        batch.forEach((id, line) -> {
            if (line.isEmpty()) {
                gone.append(id).append('\n');
            } else {
                rows.append(line);
            }
        });
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        copy.copyIn("copy aside from stdin", new StringReader(rows.toString()));
        statement.execute(INSERT);
        if (!gone.isEmpty()) {
            copy.copyIn("copy gone from stdin", new StringReader(gone.toString()));
            statement.execute("delete from items using gone where items.id = gone.id");
        }
        connection.commit();
    }

    @Override
    public OptionalLong ownRate() {
        return OptionalLong.of(rate);
    }

    @Override
    public boolean hasRow(long id) {
        return false;
    }

    @Override
    public long rows() throws SQLException {
        if (connection == null) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from items")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void stop() throws SQLException {
        if (connection != null) {
            connection.commit();
            connection.close();
        }
    }
}
