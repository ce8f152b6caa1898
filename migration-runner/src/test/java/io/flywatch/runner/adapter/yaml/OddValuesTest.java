package io.flywatch.runner.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flywatch.runner.migration.Declarations.Broken;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.migration.Flaw;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file, it is read or refused with a place, a reason and a remedy; nothing is thrown. */
class OddValuesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ODD = List.of(
            "null",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"../../etc/passwd\"",
            "[]",
            "{}",
            "[[[]]]",
            "{\"\": {\"$date\": \"x\"}}",
            "{\"$numberDecimal\": \"zzz\"}",
            "{\"$oid\": 1}",
            "{\"$binary\": {}}",
            "{\"$regularExpression\": {\"pattern\": \"(\"}}",
            "-1",
            "0",
            "1e400",
            "-0.0",
            "123456789012345678901234567890",
            "true",
            "\"PT9000000000000000000S\"",
            "\"NaN\"");

    /** The schema's examples: every key that there is. */
    static Stream<JsonNode> files() throws IOException {
        JsonNode schema =
                JSON.readTree(Path.of("../docs/schema/migration-v1.json").toFile());
        List<JsonNode> files = new ArrayList<>();
        for (JsonNode kind : schema.at("/properties/kind/enum")) {
            schema.at("/$defs/" + kind.asText() + "/examples").forEach(files::add);
        }
        JsonNode mongodb = schema.at("/$defs/mongodb/examples/0");
        schema.at("/$defs/stepAlone/properties")
                .fieldNames()
                .forEachRemaining(step -> schema.at("/$defs/" + step + "/examples")
                        .forEach(example -> {
                            ObjectNode file = mongodb.deepCopy();
                            ((ObjectNode) file.at("/changeSets/0"))
                                    .set(
                                            "steps",
                                            JSON.createArrayNode()
                                                    .add(JSON.createObjectNode().set(step, example)));
                            files.add(file);
                        }));
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsOrRefusesWhateverStandsAnywhere(JsonNode file) throws IOException {
        for (String odd : ODD) {
            JsonNode value = JSON.readTree(odd);
            eachChanged(file, value, changed -> {
                assertThat(told("a.json", changed.toString()))
                        .as(changed.toString())
                        .allSatisfy(OddValuesTest::isTold);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void refusesAFileThatWasCutOff(JsonNode file) {
        String text = file.toString();
        for (int end = 0; end < text.length(); end += 7) {
            assertThat(told("a.json", text.substring(0, end)))
                    .as(text.substring(0, end))
                    .isNotEmpty()
                    .allSatisfy(OddValuesTest::isTold);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0000",
                "\ufeff",
                "- a",
                "a",
                "a: b: c",
                "? {a: b}\n: c",
                "a: &x [*x]",
                "a: *nobody",
                "<<: {a: b}",
                "kind: !!java.lang.Thread {}",
                "kind: mongodb\nkind: sql",
                "\tkind: sql",
                "kind: mongodb\n---\nkind: sql",
                "{{{{{{{{{{",
                "[[[[[[[[[["
            })
    void refusesWhatIsNoMigration(String text) {
        assertThat(told("a.yaml", text)).isNotEmpty().allSatisfy(OddValuesTest::isTold);
        assertThat(told("a.json", text)).isNotEmpty().allSatisfy(OddValuesTest::isTold);
    }

    @Test
    void refusesAFileThatIsNestedWithoutEndOrMultipliesItself() throws IOException {
        String deep = "[".repeat(200_000);
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1) + ", ";
            laughs.append("a%d: &a%d [%s x]%n".formatted(i, i, before.repeat(10)));
        }

        assertThat(told("a.json", deep)).isNotEmpty().allSatisfy(OddValuesTest::isTold);
        assertThat(told("a.yaml", deep)).isNotEmpty().allSatisfy(OddValuesTest::isTold);
        assertThat(told("a.yaml", laughs.toString())).isNotEmpty().allSatisfy(OddValuesTest::isTold);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PT0S", "-PT5S", "PT9000000000000000000S", "P99999999999999999999D", "5m", "5", "null", "[ ]"})
    void refusesATimeThatIsNoneOrThatNoClockReaches(String limit) {
        List<Flaw> flaws = told("a.yaml", """
                kind: replication
                id: a
                source: { connection: s, tables: [ a.b ] }
                target: { connection: t, database: d }
                verify: { cancelAfter: %s }
                """.formatted(limit));

        assertThat(flaws).hasSize(1);
        assertThat(flaws.getFirst().line()).isEqualTo(5);
        assertThat(flaws.getFirst().remedy()).contains("P3650D");
    }

    private static void isTold(Flaw flaw) {
        assertThat(flaw.line()).isPositive();
        assertThat(flaw.column()).isPositive();
        assertThat(flaw.message()).isNotBlank().doesNotContain("Exception", "null.", "io.flywatch", "com.fasterxml");
        assertThat(flaw.remedy()).isNotBlank();
    }

    private static List<Flaw> told(String name, String text) {
        List<Declared> valid = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        MigrationParser.parse(name, text, valid::add, broken::add);
        assertThat(valid.size() + broken.size()).isOne();
        return broken.isEmpty() ? List.of() : broken.getFirst().flaws();
    }

    /** One copy for each place in the tree, with the value there. */
    private static void eachChanged(JsonNode root, JsonNode value, Consumer<JsonNode> each) {
        for (String at : places(root, "")) {
            JsonNode copy = root.deepCopy();
            int last = at.lastIndexOf('/');
            JsonNode parent = copy.at(at.substring(0, last));
            String key = at.substring(last + 1).replace("~1", "/").replace("~0", "~");
            if (parent instanceof ObjectNode object) {
                object.set(key, value);
            } else {
                ((ArrayNode) parent).set(Integer.parseInt(key), value);
            }
            each.accept(copy);
        }
    }

    private static List<String> places(JsonNode node, String at) {
        List<String> places = new ArrayList<>();
        node.properties().forEach(it -> {
            String there = at + "/" + it.getKey().replace("~", "~0").replace("/", "~1");
            places.add(there);
            places.addAll(places(it.getValue(), there));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places.add(at + "/" + i);
            places.addAll(places(node.get(i), at + "/" + i));
        }
        return places;
    }
}
