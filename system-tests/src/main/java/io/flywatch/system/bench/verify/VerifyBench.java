package io.flywatch.system.bench.verify;

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
import java.util.Locale;
import java.util.Map;

/** {@code verify}: equal tables are compared, of two sizes, so that the memory can be seen not to grow. */
public final class VerifyBench implements Bench {
    private static final int SMALLER = 10;

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String about() {
        return "source and target compared, PostgreSQL with PostgreSQL and with MongoDB [--rows 1000000] [--documents 200000]";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long rows = arguments.number("rows", 1_000_000);
        long documents = arguments.number("documents", 200_000);
        Path folder = Files.createTempDirectory(Layout.target("tmp"), "verify");
        Children children = Children.in(folder, child -> {});
        List<List<String>> lines = new ArrayList<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"))) {
            postgres.createDatabase("source");
            postgres.createDatabase("copy");
            String broker = kafka.bootstrapServers();
            for (long size : List.of(rows / SMALLER, rows)) {
                VerifiedTable.make(postgres, "source", size);
                VerifiedTable.make(postgres, "copy", size);
                lines.add(measured(children, broker, postgres, target(postgres), "copy", size));
            }
            lines.add(bare(postgres, rows));
            String given = System.getenv("FLYWATCH_TEST_MONGODB_URI");
            try (MongoStandIn standIn = MongoStandIn.start();
                    MongoClient client = MongoClients.create(given == null ? standIn.uri() : given)) {
                for (long size : List.of(documents / SMALLER, documents)) {
                    VerifiedTable.make(postgres, "source", size);
                    VerifiedTable.copy(
                            postgres, client.getDatabase("bench_verify").getCollection(VerifiedTable.NAME));
                    Map<String, String> target = Map.of("URL", given == null ? standIn.uri() : given);
                    lines.add(measured(children, broker, postgres, target, "bench_verify", size));
                }
            }
            return table(lines, given != null);
        } finally {
            children.close();
            children.dismissGuardian();
        }
    }

    private static Map<String, String> target(EmbeddedPostgres postgres) {
        return Map.of(
                "URL",
                postgres.jdbcUrl("copy"),
                "USERNAME",
                EmbeddedPostgres.USER,
                "PASSWORD",
                EmbeddedPostgres.PASSWORD);
    }

    private static List<String> measured(
            Children children,
            String broker,
            EmbeddedPostgres postgres,
            Map<String, String> target,
            String database,
            long rows)
            throws Exception {
        System.err.println("comparing " + rows + " rows with " + database + " ...");
        Comparer.Result result = Comparer.run(children, broker, postgres, target, database);
        double processor = result.processor().toMillis() / 1e3;
        return List.of(
                database.equals("copy") ? "PostgreSQL, checksums in the databases" : "MongoDB, rows read and summed",
                "%,d".formatted(rows),
                "%,.0f".formatted(rows / result.seconds()),
                processor == 0 ? "" : "%,.0f".formatted(rows / processor),
                result.mebibytes() + " MiB");
    }

    private static List<String> bare(EmbeddedPostgres postgres, long rows) throws Exception {
        double rate = VerifiedTable.bare(postgres, List.of("source", "copy"), rows);
        return List.of(
                "PostgreSQL, bare: one checksum of each whole table",
                "%,d".formatted(rows),
                String.format(Locale.ROOT, "%,.0f", rate),
                "",
                "");
    }

    private static Table table(List<List<String>> lines, boolean isReal) {
        return new Table(
                "Verifying",
                List.of(
                        "target",
                        "rows",
                        "rows/s",
                        "rows per second of the processor's CPU",
                        "the processor's largest memory"),
                lines,
                List.of(
                        "Rows of seven columns, about 100 bytes; equal on both sides; chunks of 5,000 rows; a heap of 256 MiB, one processor each.",
                        "Time from the first row to the result, which includes opening the databases; the processor's CPU includes all else that it does then, its just-in-time compiler above all.",
                        isReal
                                ? "MongoDB: the server that FLYWATCH_TEST_MONGODB_URI names."
                                : "MongoDB: the stand-in (mongo-java-server), not MongoDB, in the process of the benchmark; its share of the machine is not counted."));
    }
}
