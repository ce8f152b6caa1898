package io.flywatch.system.bench.apply;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.MongoStandIn;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code apply-mongodb}: Flywatch, MongoDB's sink, Debezium's sink and a bare loop apply one stream to MongoDB. */
public final class ApplyMongoBench implements Bench {
    @Override
    public String name() {
        return "apply-mongodb";
    }

    @Override
    public String about() {
        return "changes applied to MongoDB beside mongo-kafka-connect and Debezium's sink [--changes 200000] [--jvm options]";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long changes = arguments.number("changes", 200_000);
        String given = System.getenv("FLYWATCH_TEST_MONGODB_URI");
        Path folder = Files.createTempDirectory(Layout.target("tmp"), "apply");
        Children children = Children.in(folder, child -> {});
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
                MongoStandIn standIn = MongoStandIn.start()) {
            String uri = given == null ? standIn.uri() : given;
            try (MongoClient client = MongoClients.create(uri)) {
                return measure(
                        children, kafka, postgres, uri, client, changes, given != null, Processor.jvm(arguments));
            }
        } finally {
            children.close();
            children.dismissGuardian();
        }
    }

    private static Table measure(
            Children children,
            EmbeddedKafka kafka,
            EmbeddedPostgres postgres,
            String uri,
            MongoClient client,
            long changes,
            boolean isReal,
            List<String> jvm)
            throws Exception {
        ChangeStream stream = new ChangeStream(postgres, changes);
        System.err.println("recording " + changes + " changes ...");
        stream.record(children, kafka.bootstrapServers());
        for (String database : List.of("flywatch_bench", "mongo_sink", "debezium_sink", "bare_loop")) {
            client.getDatabase(database).drop();
        }
        MongoContestants contestants = new MongoContestants(children, kafka.bootstrapServers(), uri, client);
        Race race = new Race(stream);
        List<Race.Result> results = new ArrayList<>();
        results.add(race.run(contestants.flywatch(
                Map.of(
                        "FLYWATCH_CONNECTIONS_SOURCE_URL", postgres.jdbcUrl("postgres"),
                        "FLYWATCH_CONNECTIONS_SOURCE_USERNAME", EmbeddedPostgres.USER,
                        "FLYWATCH_CONNECTIONS_SOURCE_PASSWORD", EmbeddedPostgres.PASSWORD),
                jvm)));
        results.add(race.run(contestants.mongoSink()));
        results.add(race.run(contestants.debeziumSink()));
        results.add(race.run(new BareMongoLoop(client, kafka.bootstrapServers())));
        return new Table(
                "Applying changes to MongoDB",
                List.of("who", "records/s", "Flywatch is faster by", "rows at the end"),
                race.table(results),
                List.of(
                        "One topic of %,d changes (six inserts, three updates, one delete in ten) captured by Debezium from PostgreSQL, JSON with schemas, one partition; measured over the last four fifths."
                                .formatted(changes),
                        isReal
                                ? "Target: the server that FLYWATCH_TEST_MONGODB_URI names."
                                : "Target: the MongoDB stand-in (mongo-java-server), not MongoDB; it runs in the process of the benchmark.",
                        "The sinks poll up to 5,000 records (512 MiB of heap each, as Flywatch); the bare loop is timed without reading and parsing."));
    }
}
