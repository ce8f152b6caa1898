package io.flywatch.stack;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker that is its own controller (KRaft), inside this JVM and on loopback. Topics have one partition unless asked
 * otherwise and are never made by accident: {@code auto.create.topics.enable} is false.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE = 1;
    private static final int ATTEMPTS_WITH_FREE_PORTS = 3;

    private static final Quiet QUIET = Quiet.of("kafka", "org.apache.kafka", "state.change.logger");

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts a broker on a free port, with its files in {@code dir}. */
    public static EmbeddedKafka start(Path dir) {
        return start(dir, 0, Map.of());
    }

    /** Starts a broker on the given port, 0 for a free one, with its files in {@code dir}. */
    public static EmbeddedKafka start(Path dir, int port) {
        return start(dir, port, Map.of());
    }

    /**
     * Starts a broker.
     *
     * @param dir its files; what an earlier broker left there is found again
     * @param port where clients connect, 0 for a free port
     * @param overrides broker settings that win over the defaults here
     */
    public static EmbeddedKafka start(Path dir, int port, Map<String, String> overrides) {
        QUIET.apply();
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(dir, FreePort.orFree(port), overrides);
            } catch (RuntimeException e) {
                if (port != 0 || attempt == ATTEMPTS_WITH_FREE_PORTS) {
                    throw e;
                }
            }
        }
    }

    private static EmbeddedKafka startOnce(Path dir, int port, Map<String, String> overrides) {
        Map<String, String> settings = settings(dir, port, FreePort.find());
        settings.putAll(overrides);
        format(dir);
        Properties properties = new Properties();
        properties.putAll(settings);
        // The broker looks classes up by the thread's loader; in a test framework that may be one that has its own copy
        // of them.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(EmbeddedKafka.class.getClassLoader());
        try {
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
            try {
                server.startup();
            } catch (RuntimeException e) {
                server.shutdown();
                throw e;
            }
            return new EmbeddedKafka(server, port);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Map<String, String> settings(Path dir, int port, int controllerPort) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", dir.toAbsolutePath().toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("num.partitions", "1");
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "5");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "5");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("controlled.shutdown.enable", "false");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        return settings;
    }

    private static void format(Path dir) {
        try {
            if (Files.exists(dir.resolve("meta.properties"))) {
                return;
            }
            Files.createDirectories(dir);
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setControllerListenerName("CONTROLLER")
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .addDirectory(dir.toAbsolutePath().toString())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's folder " + dir + " can't be prepared: " + e.getMessage(), e);
        }
    }

    /** What clients need as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Where clients connect. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
