package io.flywatch.runner.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.flywatch.runner.migration.Declarations.Broken;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.migration.Flaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the parser take and refuse the same, key by key: the schema's own examples tell. */
class SchemaTest {
    private static final Path SCHEMA = Path.of("src/main/resources/META-INF/resources/schema/migration-v1.json");
    private static final Path PUBLISHED = Path.of("../docs/schema/migration-v1.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode TREE = read();
    private static final JsonSchema VALIDATOR =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(TREE);

    /** Whole files, and every part of them that has keys of its own. */
    static Stream<Arguments> parts() {
        List<Arguments> parts = new ArrayList<>();
        for (JsonNode kind : TREE.at("/properties/kind/enum")) {
            parts.add(Arguments.of(kind.asText(), "", "{}"));
        }
        parts.add(Arguments.of("changeSet", "/changeSets/0", mongodb("{ \"version\": 1, \"steps\": [ %s ] }")));
        parts.add(Arguments.of("schedule", "/schedule", example("replication")));
        parts.add(Arguments.of("replicationSource", "/source", example("replication")));
        parts.add(Arguments.of("replicationTarget", "/target", example("replication")));
        parts.add(Arguments.of("verify", "/verify", example("replication")));
        parts.add(Arguments.of("blocking", "/blocking", example("sql")));
        parts.add(Arguments.of("silence", "/silence", example("external")));
        parts.add(Arguments.of("watch", "/watch", example("external")));
        TREE.at("/$defs/stepAlone/properties").fieldNames().forEachRemaining(kind -> {
            String alone = mongodb("{ \"version\": 1, \"steps\": [ { \"" + kind + "\": {} } ] }");
            parts.add(Arguments.of(kind, "/changeSets/0/steps/0/" + kind, alone));
        });
        return parts.stream();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void takesAndRefusesTheSameAsTheParser(String definition, String at, String around) throws IOException {
        JsonNode definitionNode = TREE.at("/$defs/" + definition);
        assertThat(definitionNode.at("/examples"))
                .as("examples of " + definition)
                .isNotEmpty();

        for (JsonNode example : definitionNode.at("/examples")) {
            assertThat(flaws(put(around, at, example)))
                    .as("parser on " + example)
                    .isEmpty();
            assertThat(isValid(put(around, at, example)))
                    .as("schema on " + example)
                    .isTrue();
            List<String> keys = new ArrayList<>();
            example.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                JsonNode without = put(around, at, ((ObjectNode) example.deepCopy()).without(key));
                assertThat(isValid(without))
                        .as(definition + " without " + key)
                        .isEqualTo(flaws(without).isEmpty());
            }
            JsonNode more = put(around, at, ((ObjectNode) example.deepCopy()).put("zzz", 1));
            assertThat(isValid(more)).as(definition + " with an unknown key").isFalse();
            assertThat(known(flaws(more))).as("keys of " + definition).isEqualTo(properties(definitionNode));
        }
    }

    @Test
    void knowsTheSameKindsOfSteps() throws IOException {
        JsonNode file = JSON.readTree(mongodb("{ \"version\": 1, \"steps\": [ { \"zzz\": {} } ] }"));

        assertThat(known(flaws(file))).isEqualTo(properties(TREE.at("/$defs/stepAlone")));
        assertThat(properties(TREE.at("/$defs/step"))).contains("rollback").containsAll(known(flaws(file)));
    }

    @Test
    void takesTheExamplesOfTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/migrations"))) {
            for (Path file : files.toList()) {
                assertThat(VALIDATOR.validate(new YAMLMapper().readTree(file.toFile())))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void isPublishedAsItIsServed() throws IOException {
        if (Boolean.getBoolean("flywatch.docs.write")) {
            Files.copy(SCHEMA, PUBLISHED, StandardCopyOption.REPLACE_EXISTING);
        }

        assertThat(PUBLISHED).hasSameTextualContentAs(SCHEMA);
    }

    private static JsonNode put(String around, String at, JsonNode part) throws IOException {
        if (at.isEmpty()) {
            return part;
        }
        JsonNode file = JSON.readTree(around);
        int last = at.lastIndexOf('/');
        JsonNode parent = file.at(at.substring(0, last));
        if (parent instanceof ObjectNode object) {
            object.set(at.substring(last + 1), part);
        } else {
            ((ArrayNode) parent).set(0, part);
        }
        return file;
    }

    private static String mongodb(String changeSet) {
        return "{ \"kind\": \"mongodb\", \"id\": \"a\", \"connection\": \"c\", \"database\": \"d\", \"changeSets\": [ "
                + changeSet.replace("%s", "{}")
                + " ] }";
    }

    private static String example(String definition) {
        return TREE.at("/$defs/" + definition + "/examples/0").toString();
    }

    private static boolean isValid(JsonNode file) {
        return VALIDATOR.validate(file).isEmpty();
    }

    private static List<Flaw> flaws(JsonNode file) {
        List<Declared> valid = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        MigrationParser.parse("a.json", file.toString(), valid::add, broken::add);
        return broken.isEmpty() ? List.of() : broken.getFirst().flaws();
    }

    /** The keys that the parser would have known where it found one that it does not. */
    private static TreeSet<String> known(List<Flaw> flaws) {
        String remedy = flaws.stream()
                .filter(it -> it.message().contains("'zzz' is unknown"))
                .map(Flaw::remedy)
                .findFirst()
                .orElseThrow();
        String list = remedy.substring(remedy.indexOf(':') + 1, remedy.length() - 1);
        return new TreeSet<>(Arrays.asList(list.strip().split(", ")));
    }

    private static TreeSet<String> properties(JsonNode definition) {
        TreeSet<String> properties = new TreeSet<>();
        definition.at("/properties").fieldNames().forEachRemaining(properties::add);
        return properties;
    }

    private static JsonNode read() {
        try {
            return JSON.readTree(SCHEMA.toFile());
        } catch (IOException e) {
            throw new IllegalStateException("the schema is there", e);
        }
    }
}
