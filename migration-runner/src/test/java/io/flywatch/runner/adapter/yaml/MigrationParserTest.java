package io.flywatch.runner.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.TablePolicy;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Declarations.Broken;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.migration.Flaw;
import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.ReplicationMigration.Mapping;
import io.flywatch.runner.replication.Routing;
import io.flywatch.runner.step.Change;
import io.flywatch.runner.step.Insert;
import io.flywatch.runner.step.Pacing;
import io.flywatch.runner.step.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDecimal128;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationParserTest {
    @TempDir
    Path folder;

    @Test
    void readsTheExamples() {
        Declarations declarations = new MigrationFolder(Path.of("src/test/resources/migrations")).read();

        assertThat(declarations.broken()).isEmpty();
        ReplicationMigration shop =
                (ReplicationMigration) declarations.find("shop").orElseThrow().migration();
        MongoMigration target =
                (MongoMigration) declarations.find("shop-target").orElseThrow().migration();
        assertThat(shop.source().tables()).hasSize(5).contains("public.order_lines");
        assertThat(target.changeSets()).extracting(it -> it.version().text()).containsExactly("1", "2", "3");
    }

    @Test
    void keepsTheTypesOfExtendedJson() {
        MongoMigration migration = (MongoMigration) valid("""
                kind: mongodb
                id: a
                connection: target
                database: d
                changeSets:
                  - version: 1.10
                    steps:
                      - insert:
                          collection: c
                          documents: [ { _id: 1, big: 5000000000, at: { $date: "2020-01-02T03:04:05Z" }, d: { $numberDecimal: "0.10" } } ]
                      - update:
                          collection: c
                          filter: { }
                          update: [ { $set: { a: 1 } }, { $unset: b } ]
                """);

        Insert insert = (Insert) migration.changeSets().getFirst().steps().getFirst();
        Update update = (Update) migration.changeSets().getFirst().steps().getLast();
        assertThat(migration.changeSets().getFirst().version()).isEqualTo(new Version("1.10"));
        assertThat(insert.documents().getFirst().isInt64("big")).isTrue();
        assertThat(insert.documents().getFirst().isDateTime("at")).isTrue();
        assertThat(insert.documents().getFirst().get("d")).isEqualTo(new BsonDecimal128(Decimal128.parse("0.10")));
        assertThat(((Change.Pipeline) update.change()).stages()).hasSize(2);
        assertThat(update.pacing()).isEqualTo(Pacing.DEFAULT);
    }

    @Test
    void saysWhereAnUnknownKeyIsAndWhatWouldBeKnown() {
        Flaw flaw = flaws("""
                        kind: replication
                        id: a
                        source:
                          connection: source
                          tables: "*"
                          tabels: x
                        target: { connection: target, database: d }
                        """).getFirst();

        assertThat(flaw.line()).isEqualTo(6);
        assertThat(flaw.column()).isEqualTo(3);
        assertThat(flaw.path()).isEqualTo("$.source.tabels");
        assertThat(flaw.remedy()).contains("tables");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.Order Items", "public.a.b", "Größe.cash$", "my schema.t"})
    void takesNamesOfTablesAsTheyAre(String table) {
        ReplicationMigration migration = (ReplicationMigration) valid(replicating(table));

        assertThat(migration.source().tables()).containsExactly(table);
        assertThat(migration.target().mapping()).containsOnlyKeys(table);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", ".orders", "public.", "public. ", "public.a\\tb"})
    void refusesWhatIsNoTableOfASchema(String table) {
        assertThat(flaws(replicating(table)))
                .hasSize(2)
                .allSatisfy(flaw -> assertThat(flaw.message()).endsWith("is no table."));
    }

    private static String replicating(String table) {
        return """
                kind: replication
                id: a
                source: { connection: source, tables: ["%s"] }
                target:
                  connection: target
                  database: d
                  mapping:
                    "%s": { name: other }
                """.formatted(table, table);
    }

    @Test
    void readsWhatBecomesOfTablesAndColumns() {
        ReplicationMigration migration = (ReplicationMigration) valid("""
                kind: replication
                id: a
                source: { connection: source, tables: [public.people] }
                target:
                  connection: target
                  database: d
                  tables: check
                  mapping:
                    public.people:
                      name: persons
                      columns:
                        ssn: drop
                        email: { name: mail, mask: hash }
                        age: { cast: text }
                        city: { mask: fixed, value: somewhere }
                """);

        assertThat(migration.target().policy()).isEqualTo(TablePolicy.CHECK);
        assertThat(migration.target().mapping().get("public.people"))
                .isEqualTo(new Mapping(
                        "persons",
                        List.of(
                                new ColumnRule("ssn", null, Action.DROP, null),
                                new ColumnRule("email", "mail", Action.HASH, null),
                                new ColumnRule("age", null, Action.CAST, "text"),
                                new ColumnRule("city", null, Action.FIXED, "somewhere")),
                        null));
    }

    @Test
    void readsWhichRowsAreEmbedded() {
        ReplicationMigration migration = (ReplicationMigration) valid("""
                kind: replication
                id: a
                source: { connection: source, tables: [public.invoice, public.line, public.tax] }
                target:
                  connection: target
                  database: d
                  mapping:
                    public.line: { embed: { into: public.invoice, as: lines, by: invoice_id } }
                    public.tax: { name: taxes, embed: { into: public.invoice, as: taxes, by: [ year, number ] } }
                """);

        assertThat(migration.target().mapping())
                .containsEntry(
                        "public.line",
                        new Mapping(null, List.of(), new Embedding("public.invoice", "lines", List.of("invoice_id"))))
                .containsEntry(
                        "public.tax",
                        new Mapping(
                                "taxes",
                                List.of(),
                                new Embedding("public.invoice", "taxes", List.of("year", "number"))));
        assertThat(Routing.of(migration, "public.line", "line", List.of("id")).target())
                .isEqualTo("flywatch_embedded_line");
        assertThat(Routing.of(migration, "public.tax", "tax", List.of("id")).target())
                .isEqualTo("taxes");
    }

    @Test
    void readsHowKeysStandInDocuments() {
        ReplicationMigration migration = (ReplicationMigration) valid("""
                kind: replication
                id: a
                source: { connection: source, tables: [public.a, public.b] }
                target:
                  connection: target
                  database: d
                  mapping:
                    public.a: { id: { form: document, columns: drop } }
                    public.b: { id: { } }
                """);

        assertThat(Routing.of(migration, "public.a", "a", List.of("id")).documentKey())
                .isEqualTo(new DocumentKey(DocumentKey.Form.DOCUMENT, false));
        assertThat(Routing.of(migration, "public.b", "b", List.of("id")).documentKey())
                .isEqualTo(new DocumentKey(null, true));
    }

    @Test
    void saysWhatIsWrongWithAMapping() {
        List<Flaw> flaws = flaws("""
                kind: replication
                id: a
                source: { connection: source, tables: [public.people] }
                target:
                  connection: target
                  database: d
                  mapping:
                    people: { }
                    public.people:
                      columns:
                        ssn: hide
                        email: { name: city }
                        city: { mask: fixed }
                        age: { cast: text, mask: hash }
                """);

        assertThat(flaws).extracting(Flaw::line).containsExactly(8, 11, 13, 13, 14);
        assertThat(flaws).extracting(Flaw::message).anyMatch(message -> message.contains("Two columns become 'city'"));
    }

    @Test
    void tellsAllFlawsOfAFileAtOnce() {
        List<Flaw> flaws = flaws("""
                kind: mongodb
                id: Not-An-Id
                database: d
                changeSets:
                  - version: x
                    steps:
                      - explode: { collection: c }
                      - update: { collection: c, filter: { }, update: { a: 1 }, batchSize: 20000 }
                """);

        assertThat(flaws)
                .extracting(Flaw::path)
                .containsExactly(
                        "$",
                        "$.id",
                        "$.changeSets[0].version",
                        "$.changeSets[0].steps[0].explode",
                        "$.changeSets[0].steps[1].update.update.a",
                        "$.changeSets[0].steps[1].update.batchSize");
    }

    @Test
    void refusesVersionsThatAreThereTwiceOrOutOfOrder() {
        String steps = "steps: [ { createCollection: { collection: c } } ]";
        List<Flaw> flaws = flaws("""
                kind: mongodb
                id: a
                connection: t
                database: d
                changeSets:
                  - { version: 2, %s }
                  - { version: 2.0, %s }
                  - { version: 1, %s }
                """.formatted(steps, steps, steps));

        assertThat(flaws).extracting(Flaw::line).containsExactly(7, 8);
    }

    @Test
    void saysWhereTheSyntaxIsWrong() {
        Flaw yaml = flaws("kind: mongodb\nid: [a\n").getFirst();
        Flaw json = broken("a.json", "{\n  \"kind\": mongodb\n}").flaws().getFirst();

        assertThat(yaml.line()).isGreaterThanOrEqualTo(2);
        assertThat(json.line()).isEqualTo(2);
    }

    @Test
    void letsAFileInErrorNotHideTheOthers() throws IOException {
        Files.writeString(folder.resolve("good.json"), good("good"));
        Files.writeString(folder.resolve("bad.yaml"), "kind: nonsense\nid: bad\n");
        Files.writeString(folder.resolve("empty.yml"), "");
        Files.writeString(folder.resolve("notes.txt"), "not read");

        Declarations declarations = new MigrationFolder(folder).read();

        assertThat(declarations.ids()).containsExactly("good");
        assertThat(declarations.broken()).extracting(Broken::id).containsExactly("bad", "empty");
        assertThat(declarations.flawsOf("bad")).isNotEmpty();
    }

    @Test
    void refusesAnIdThatTwoFilesDeclare() throws IOException {
        Files.writeString(folder.resolve("a.json"), good("same"));
        Files.writeString(folder.resolve("b.json"), good("same"));

        Declarations declarations = new MigrationFolder(folder).read();

        assertThat(declarations.valid()).isEmpty();
        assertThat(declarations.flawsOf("same")).hasSize(2);
        assertThat(declarations.flawsOf("same").getFirst().message()).contains("a.json", "b.json");
    }

    @Test
    void readsAnEditedFileAnew() throws IOException {
        MigrationFolder migrations = new MigrationFolder(folder);
        Files.writeString(folder.resolve("a.json"), good("before"));

        List<String> before = migrations.read().ids();
        Files.writeString(folder.resolve("a.json"), good("after"));

        assertThat(before).containsExactly("before");
        assertThat(migrations.read().ids()).containsExactly("after");
    }

    @Test
    void takesSettingsOfTheConnectorAsTexts() {
        ReplicationMigration migration = (ReplicationMigration) valid("""
                kind: replication
                id: a
                source: { connection: s, tables: [ a.b ], heartbeat: none, connector: { max.batch.size: 4096 } }
                target: { connection: t, database: d }
                expectedRowsPerSecond: 1500.5
                verify: { maxRowsPerSecond: 9000 }
                """);

        assertThat(migration.source().connector()).isEqualTo(Map.of("max.batch.size", "4096"));
        assertThat(migration.source().heartbeat()).isEqualTo(ReplicationMigration.Heartbeat.NONE);
        assertThat(migration.expectedRowsPerSecond()).isEqualTo(1500.5);
        assertThat(migration.verify()).isEqualTo(new ReplicationMigration.Verify(9_000, Duration.ofHours(24)));
        assertThat(migration.partitions()).isEqualTo(1);
    }

    private static String good(String id) {
        return """
                {"kind":"replication","id":"%s","source":{"connection":"s","tables":"*"},"target":{"connection":"t","database":"d"}}
                """.formatted(id);
    }

    private static Migration valid(String text) {
        List<Declared> valid = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        MigrationParser.parse("a.yaml", text, valid::add, broken::add);
        assertThat(broken).isEmpty();
        return valid.getFirst().migration();
    }

    private static List<Flaw> flaws(String text) {
        return broken("a.yaml", text).flaws();
    }

    private static Broken broken(String file, String text) {
        List<Broken> broken = new ArrayList<>();
        MigrationParser.parse(file, text, it -> {}, broken::add);
        return broken.getFirst();
    }
}
