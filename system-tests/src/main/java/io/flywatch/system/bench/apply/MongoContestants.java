package io.flywatch.system.bench.apply;

import com.mongodb.client.MongoClient;
import io.flywatch.quickstart.process.Children;
import io.flywatch.system.stand.ConnectWorkerProcess;
import io.flywatch.system.stand.Peers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Those who apply to MongoDB, each to a database of his own. */
final class MongoContestants {
    private final Children children;
    private final String bootstrapServers;
    private final String uri;
    private final MongoClient client;

    MongoContestants(Children children, String bootstrapServers, String uri, MongoClient client) {
        this.children = children;
        this.bootstrapServers = bootstrapServers;
        this.uri = uri;
        this.client = client;
    }

    Contestant flywatch(Map<String, String> environment, List<String> jvm) {
        return new OnMongo("Flywatch", "flywatch_bench") {
            private @Nullable Processor processor;

            @Override
            public void start() throws Exception {
                Map<String, String> variables = new TreeMap<>(environment);
                variables.put("FLYWATCH_CONNECTIONS_TARGET_URL", uri);
                processor = Processor.start(children, bootstrapServers, variables, database, jvm);
            }

            @Override
            Object id(long id) {
                return id;
            }

            @Override
            public void stop() throws InterruptedException {
                if (processor != null) {
                    processor.stop();
                }
            }
        };
    }

    /** MongoDB's own sink with its handler of Debezium's events. Changes of a key keep their order only if writes are ordered. */
    Contestant mongoSink() {
        return new Sink("mongo-kafka-connect 2.0.1", "mongodb-sink", "mongo_sink", "items") {
            @Override
            Map<String, String> settings() {
                Map<String, String> settings = consumer();
                settings.put("connector.class", "com.mongodb.kafka.connect.MongoSinkConnector");
                settings.put("connection.uri", uri);
                settings.put("database", database);
                settings.put("collection", "items");
                settings.put(
                        "change.data.capture.handler",
                        "com.mongodb.kafka.connect.sink.cdc.debezium.rdbms.postgres.PostgresHandler");
                return settings;
            }
        };
    }

    /** Debezium's sink, whose batch size is 500 unless told. */
    Contestant debeziumSink() {
        return new Sink(
                "Debezium MongoDB sink 3.6.1",
                "debezium-mongodb-sink",
                "debezium_sink",
                ChangeStream.TOPIC.replace('.', '_')) {
            @Override
            Map<String, String> settings() {
                Map<String, String> settings = consumer();
                settings.put("connector.class", "io.debezium.connector.mongodb.MongoDbSinkConnector");
                settings.put("mongodb.connection.string", uri);
                settings.put("sink.database", database);
                settings.put("batch.size", "5000");
                settings.put("delete.enabled", "true");
                return settings;
            }
        };
    }

    private abstract class OnMongo implements Contestant {
        private final String name;
        final String database;
        private final String collection;

        OnMongo(String name, String database) {
            this(name, database, "items");
        }

        OnMongo(String name, String database, String collection) {
            this.name = name;
            this.database = database;
            this.collection = collection;
        }

        @Override
        public String name() {
            return name;
        }

        /** How a key becomes an {@code _id}. */
        abstract Object id(long id);

        @Override
        public boolean hasRow(long id) {
            return client.getDatabase(database)
                            .getCollection(collection)
                            .find(new Document("_id", id(id)))
                            .first()
                    != null;
        }

        @Override
        public long rows() {
            return client.getDatabase(database).getCollection(collection).countDocuments();
        }
    }

    private abstract class Sink extends OnMongo {
        private final String peer;
        private @Nullable ConnectWorkerProcess worker;

        Sink(String name, String peer, String database, String collection) {
            super(name, database, collection);
            this.peer = peer;
        }

        abstract Map<String, String> settings();

        Map<String, String> consumer() {
            Map<String, String> settings = new TreeMap<>();
            settings.put("topics", ChangeStream.TOPIC);
            settings.put("tasks.max", "1");
            settings.put("key.converter.schemas.enable", "true");
            settings.put("value.converter.schemas.enable", "true");
            settings.put("consumer.override.max.poll.records", "5000");
            settings.put("consumer.override.fetch.max.bytes", "52428800");
            settings.put("consumer.override.max.partition.fetch.bytes", "16777216");
            return settings;
        }

        @Override
        Object id(long id) {
            return new Document("id", id);
        }

        @Override
        public void start() throws Exception {
            worker = ConnectWorkerProcess.start(
                    children, peer, Peers.classPath(peer), bootstrapServers, List.of("-Xmx512m"));
            worker.run(peer, settings());
        }

        @Override
        public String trouble() throws Exception {
            return worker == null ? "" : worker.trouble(peer);
        }

        @Override
        public void stop() throws InterruptedException {
            if (worker != null) {
                worker.stop();
            }
        }
    }
}
