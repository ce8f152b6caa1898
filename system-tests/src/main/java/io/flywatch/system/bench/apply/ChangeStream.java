package io.flywatch.system.bench.apply;

import io.flywatch.events.Topics;
import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.system.stand.ConnectWorkerProcess;
import io.flywatch.system.stand.Layout;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic of real change events: a workload of inserts, updates and deletes in PostgreSQL, captured by Debezium. Two rows of known
 * keys mark the first fifth and the end, so that the time between them can be taken at any target.
 */
final class ChangeStream {
    /** The pipeline that the topic belongs to. */
    static final String PIPELINE = "bench";

    /** The table, as the source calls it. */
    static final String TABLE = "public.items";

    static final String TOPIC = Topics.changesPrefix(PIPELINE) + "." + TABLE;
    static final long FIRST_MARK = 2_000_000_001L;
    static final long LAST_MARK = 2_000_000_002L;

    private static final int TRANSACTION = 500;

    private final EmbeddedPostgres postgres;
    private final long changes;
    private final Random random = new Random(42);
    private final List<Long> living = new ArrayList<>();
    private long next = 1;
    private long records;

    ChangeStream(EmbeddedPostgres postgres, long changes) {
        this.postgres = postgres;
        this.changes = changes;
    }

    /** Reads the topic from its beginning, in turns of so many records. */
    static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, int batch) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "max.poll.records",
                        batch,
                        "fetch.max.bytes",
                        52_428_800,
                        "max.partition.fetch.bytes",
                        52_428_800),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    /** The rows that are there in the end, marks included. */
    long rows() {
        return living.size() + 2L;
    }

    /** The records of the topic between the two marks. */
    long measuredRecords() {
        return records;
    }

    /** Makes the topic. */
    void record(Children children, String bootstrapServers) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("""
                        CREATE TABLE items (id bigint PRIMARY KEY, name text NOT NULL, note text, quantity integer NOT NULL,
                          price double precision, active boolean NOT NULL, changed_at timestamptz NOT NULL, version integer NOT NULL)""");
            }
            ConnectWorkerProcess worker = ConnectWorkerProcess.start(
                    children,
                    "capture",
                    Layout.target("lib").resolve("*").toString(),
                    bootstrapServers,
                    List.of("-Xmx512m"));
            worker.run("capture", settings());
            long total = work(connection);
            await(bootstrapServers, total);
            worker.stop();
        }
    }

    private Map<String, String> settings() {
        URI uri = URI.create(postgres.jdbcUrl("postgres").substring("jdbc:".length()));
        Map<String, String> settings = new TreeMap<>();
        settings.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.put("database.hostname", "127.0.0.1");
        settings.put("database.port", Integer.toString(uri.getPort()));
        settings.put("database.dbname", "postgres");
        settings.put("database.user", EmbeddedPostgres.USER);
        settings.put("database.password", EmbeddedPostgres.PASSWORD);
        settings.put("plugin.name", "pgoutput");
        settings.put("topic.prefix", Topics.changesPrefix(PIPELINE));
        settings.put("table.include.list", "public\\.items");
        settings.put("snapshot.mode", "no_data");
        settings.put("column.propagate.source.type", ".*");
        settings.put("poll.interval.ms", "20");
        settings.put("extended.headers.enabled", "false");
        settings.put("topic.creation.default.replication.factor", "1");
        settings.put("topic.creation.default.partitions", "1");
        settings.put("key.converter.schemas.enable", "true");
        settings.put("value.converter.schemas.enable", "true");
        return settings;
    }

    private long work(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        long total = 0;
        long beforeMark = 0;
        try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, 1)");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE items SET quantity = ?, changed_at = ?, version = version + 1 WHERE id = ?");
                PreparedStatement delete = connection.prepareStatement("DELETE FROM items WHERE id = ?")) {
            for (long change = 1; change <= changes; change++) {
                total += one(insert, update, delete);
                if (change == changes / 5) {
                    insert(insert, FIRST_MARK);
                    beforeMark = ++total;
                }
                if (change % TRANSACTION == 0) {
                    connection.commit();
                }
            }
            insert(insert, LAST_MARK);
            total++;
        }
        connection.commit();
        connection.setAutoCommit(true);
        records = total - beforeMark;
        return total;
    }

    /** Six inserts, three updates and a delete in ten, as they come; answers how many records that makes. */
    private int one(PreparedStatement insert, PreparedStatement update, PreparedStatement delete) throws SQLException {
        int dice = living.size() < 100 ? 0 : random.nextInt(10);
        if (dice < 6) {
            living.add(next);
            insert(insert, next++);
            return 1;
        }
        int place = random.nextInt(living.size());
        if (dice < 9) {
            update.setInt(1, random.nextInt(1_000));
            update.setTimestamp(2, new Timestamp(System.currentTimeMillis()));
            update.setLong(3, living.get(place));
            update.executeUpdate();
            return 1;
        }
        delete.setLong(1, living.get(place));
        delete.executeUpdate();
        living.set(place, living.getLast());
        living.removeLast();
        // The delete and its tombstone.
        return 2;
    }

    private void insert(PreparedStatement insert, long id) throws SQLException {
        insert.setLong(1, id);
        insert.setString(2, "item " + Long.toString(random.nextLong(), 36));
        insert.setString(3, "a note of usual length that says what an item of an order is about, number " + id);
        insert.setInt(4, random.nextInt(100));
        insert.setDouble(5, random.nextInt(100_000) / 100.0);
        insert.setBoolean(6, random.nextBoolean());
        insert.setTimestamp(7, new Timestamp(System.currentTimeMillis()));
        insert.executeUpdate();
    }

    private static void await(String bootstrapServers, long total) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers))) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            long end = System.nanoTime() + 600_000_000_000L;
            while (System.nanoTime() < end) {
                long there = admin.listTopics().names().get().contains(TOPIC)
                        ? admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                                .partitionResult(partition)
                                .get()
                                .offset()
                        : 0;
                if (there >= total) {
                    return;
                }
                Thread.sleep(200);
            }
        }
        throw new IllegalStateException("The capture did not get to its end in ten minutes.");
    }
}
