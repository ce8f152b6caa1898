package io.flywatch.system.bench.apply;

import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code apply-postgresql}: Flywatch, Debezium's JDBC sink and a bare loop apply one stream to PostgreSQL. */
public final class ApplyPostgresBench implements Bench {
    @Override
    public String name() {
        return "apply-postgresql";
    }

    @Override
    public String about() {
        return "changes applied to PostgreSQL beside Debezium's JDBC sink and a bare loop [--changes 200000] [--measuring rounds]"
                + " [--jvm options]";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long changes = arguments.number("changes", 200_000);
        Path folder = Files.createTempDirectory(Layout.target("tmp"), "apply");
        Children children = Children.in(folder, child -> {});
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedPostgres source = EmbeddedPostgres.start(folder.resolve("source"));
                EmbeddedPostgres target = EmbeddedPostgres.start(folder.resolve("target"))) {
            return measure(
                    children,
                    kafka,
                    source,
                    target,
                    changes,
                    arguments.number("measuring", 0),
                    Processor.jvm(arguments));
        } finally {
            children.close();
            children.dismissGuardian();
        }
    }

    private static Table measure(
            Children children,
            EmbeddedKafka kafka,
            EmbeddedPostgres source,
            EmbeddedPostgres target,
            long changes,
            long measuring,
            List<String> jvm)
            throws Exception {
        ChangeStream stream = new ChangeStream(source, changes);
        System.err.println("recording " + changes + " changes ...");
        stream.record(children, kafka.bootstrapServers());
        PostgresContestants contestants =
                new PostgresContestants(children, kafka.bootstrapServers(), source.jdbcUrl("postgres"), target);
        Race race = new Race(stream);
        List<Race.Result> results = new ArrayList<>();
        results.add(race.run(contestants.flywatch(jvm)));
        results.add(race.run(contestants.jdbcSink()));
        results.add(race.run(new BarePostgresLoop(target, kafka.bootstrapServers())));
        List<String> notes = new ArrayList<>(List.of(
                "One topic of %,d changes (six inserts, three updates, one delete in ten) captured by Debezium from PostgreSQL, JSON with schemas, one partition; measured over the last four fifths."
                        .formatted(changes),
                "The sink: upsert by the record's key, deletes, its reduction buffer, batch.size and max.poll.records 5,000,"
                        + " reWriteBatchedInserts; 512 MiB of heap, as Flywatch. Each has a database of its own on one server.",
                "The bare loop copies batches of 5,000 into a table aside and inserts from there ON CONFLICT; it is timed without"
                        + " reading and parsing."));
        notes.add(
                contestants.contents("flywatch").equals(contestants.contents("jdbc_sink"))
                                && contestants.contents("flywatch").equals(contestants.contents("bare_loop"))
                        ? "The three tables are equal in every column at the end."
                        : "The three tables are NOT equal at the end.");
        if (measuring > 0) {
            notes.add(new MeasuringCost(race, contestants, jvm).note(measuring));
        }
        return new Table(
                "Applying changes to PostgreSQL",
                List.of("who", "records/s", "Flywatch is faster by", "rows at the end"),
                race.table(results),
                notes);
    }
}
