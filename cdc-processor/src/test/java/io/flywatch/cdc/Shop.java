package io.flywatch.cdc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flywatch.cdc.Envelopes.Column;
import io.flywatch.events.Topics;
import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.events.pipeline.PipelineEvent;
import io.flywatch.stack.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A table of orders at the source and the one connector that reads it: each change is committed and then sent, in that order, as
 * Debezium does it; each tenth change is followed by a heartbeat. What Kafka has acknowledged is told as Kafka Connect tells it.
 */
final class Shop implements AutoCloseable {
    /**
     * As Kafka Connect sends: a broker takes a producer's second batch first if the leader of a new topic was not known to the first, which is then out of order
     * for two minutes.
     */
    static final String ONE_AT_A_TIME = "max.in.flight.requests.per.connection";

    private static final ObjectMapper JSON =
            JsonMapper.builder().findAndAddModules().build();

    private static final String WRITE = """
            insert into %s (id, customer, total, note) values (?, ?, ?::numeric, ?)
            on conflict (id) do update set customer = excluded.customer, total = excluded.total, note = excluded.note
            returning id, customer, total::text, note, (extract(epoch from clock_timestamp()) * 1000000)::bigint""";

    private final String pipeline;
    private final String table;
    private final Envelopes orders;
    private final Envelopes heartbeats;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Connection source;
    private final Submitted submitted = new Submitted();
    private @Nullable List<Runnable> held;
    private long lsn = 1_000;
    private long ended;

    Shop(String pipeline) throws Exception {
        this(pipeline, CdcStack.bootstrap(), VerifySource.url());
    }

    Shop(String pipeline, String bootstrap, String url) throws Exception {
        this.pipeline = pipeline;
        this.table = "shop_" + pipeline.toLowerCase(java.util.Locale.ROOT);
        this.source = DriverManager.getConnection(url, EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
        execute("create table " + table + " (id bigint primary key, customer text, total numeric, note text)");
        this.orders = new Envelopes(
                topic("public." + table),
                List.of("id"),
                Column.of("id", "int64", "INT8"),
                Column.of("customer", "string", "TEXT"),
                Column.of("total", "string", "NUMERIC"),
                Column.of("note", "string", "TEXT"));
        this.heartbeats = new Envelopes(
                topic("flywatch.heartbeat"),
                List.of("id"),
                Column.of("id", "int32", "INT4"),
                Column.of("beat", "int64", "INT8"));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", "1", ONE_AT_A_TIME, "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrap))) {
            admin.createTopics(List.of(
                            new NewTopic(topic("public." + table), 1, (short) 1),
                            new NewTopic(topic("flywatch.heartbeat"), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private String topic(String of) {
        return Topics.changesPrefix(pipeline) + "." + of;
    }

    String collection() {
        return table;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = source.createStatement()) {
            statement.execute(sql);
        }
    }

    /** From now on Kafka takes no change of the table, and heartbeats overtake them. */
    synchronized void hold() {
        held = new ArrayList<>();
    }

    /** Kafka takes what was held, in its order. */
    synchronized void release() {
        List<Runnable> waiting = Objects.requireNonNull(held);
        held = null;
        waiting.forEach(Runnable::run);
    }

    void declare() throws Exception {
        declare("target", new TableRoute("public." + table, table, List.of("id")));
    }

    void declare(String target, TableRoute route) throws Exception {
        VerifySource.connectors().put("flywatch-" + pipeline, submitted);
        PipelineEvent declared = new PipelineDeclared(
                pipeline, "run-1", Instant.now(), "source", target, "shop", List.of(route), "flywatch.heartbeat");
        producer.send(new ProducerRecord<>(
                        Topics.PIPELINES,
                        utf8(pipeline),
                        JSON.writerFor(PipelineEvent.class).writeValueAsBytes(declared)))
                .get();
    }

    /** Orders a verification by Kafka. */
    void command(String verification) throws Exception {
        CommandEvent start =
                new StartVerification(pipeline, "run-1", Instant.now(), verification, List.of(), null, null);
        producer.send(new ProducerRecord<>(
                        Topics.COMMANDS,
                        utf8(pipeline),
                        JSON.writerFor(CommandEvent.class).writeValueAsBytes(start)))
                .get();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Rows that are there before the pipeline: the snapshot sends them. */
    synchronized void fill(int rows) throws SQLException {
        execute("insert into " + table + " select i, 'customer ' || i, i::numeric / 100, null from generate_series(1, "
                + rows + ") i");
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("select id, customer, total::text, note, 0 from " + table)) {
            while (row.next()) {
                send(row, "r");
            }
        }
        beat();
    }

    private long send(ResultSet row, String op) throws SQLException {
        long id = row.getLong(1);
        String json = "{\"id\":" + id + ",\"customer\":\"" + row.getString(2) + "\",\"total\":\"" + row.getString(3)
                + "\",\"note\":" + (row.getString(4) == null ? "null" : "\"" + row.getString(4) + "\"") + "}";
        send(id, orders.value(op, json, ++lsn, row.getLong(5), op.equals("r") ? "true" : "false"));
        return row.getLong(5);
    }

    private void send(long id, byte @Nullable [] value) throws SQLException {
        ProducerRecord<byte[], byte[]> change =
                new ProducerRecord<>(topic("public." + table), orders.key("{\"id\":" + id + "}"), value);
        CompletableFuture<Void> sent = submit();
        if (held == null) {
            send(change, sent);
        } else {
            held.add(() -> send(change, sent));
        }
        ended = end();
    }

    private CompletableFuture<Void> submit() {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        submitted.add(ended, sent);
        return sent;
    }

    private void send(ProducerRecord<byte[], byte[]> change, CompletableFuture<Void> sent) {
        producer.send(change, (stored, failure) -> {
            if (failure == null) {
                sent.complete(null);
            }
        });
    }

    /** Where the source's log ends: behind each transaction that has been sent. */
    private long end() throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet end = statement.executeQuery("select (pg_current_wal_insert_lsn() - '0/0')::bigint")) {
            end.next();
            return end.getLong(1);
        }
    }

    /** One change of a row between two ids, both included, or a heartbeat. */
    synchronized void change(Random random, int from, int to) throws SQLException {
        int id = from + random.nextInt(to - from + 1);
        switch (random.nextInt(10)) {
            case 0 -> beat();
            case 1 -> delete(id);
            default -> write(id, "c" + random.nextInt(3), random.nextInt(1_000) + "." + random.nextInt(10));
        }
    }

    synchronized void write(int id, String customer, String total) throws SQLException {
        try (PreparedStatement statement = source.prepareStatement(WRITE.formatted(table))) {
            statement.setLong(1, id);
            statement.setString(2, customer);
            statement.setString(3, total);
            statement.setString(4, "changed");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                send(row, "u");
            }
        }
    }

    private void delete(int id) throws SQLException {
        try (PreparedStatement statement = source.prepareStatement("delete from " + table
                + " where id = ? returning (extract(epoch from clock_timestamp()) * 1000000)::bigint")) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    send(id, orders.value("d", null, ++lsn, row.getLong(1), "false"));
                    send(id, (byte[]) null);
                }
            }
        }
    }

    synchronized void beat() throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet now =
                        statement.executeQuery("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")) {
            now.next();
            // It is given more than it gets rid of.
            producer.flush();
            ProducerRecord<byte[], byte[]> beat = new ProducerRecord<>(
                    topic("flywatch.heartbeat"),
                    heartbeats.key("{\"id\":1}"),
                    heartbeats.value("u", "{\"id\":1,\"beat\":" + lsn + "}", ++lsn, now.getLong(1), "false"));
            send(beat, submit());
            ended = end();
        }
    }

    @Override
    public void close() throws SQLException {
        producer.send(new ProducerRecord<>(Topics.PIPELINES, utf8(pipeline), null));
        producer.close();
        source.close();
    }
}
