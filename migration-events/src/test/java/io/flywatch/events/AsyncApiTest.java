package io.flywatch.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import io.flywatch.events.alert.AlertEvent;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.pipeline.PipelineEvent;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.events.verification.VerificationEvent;
import io.flywatch.events.watch.WatchEvent;
import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Renders docs/asyncapi.yaml from the records; run with {@code -Dflywatch.docs.write=true} to write it anew. */
class AsyncApiTest {
    private static final Path FILE = Path.of("../docs/asyncapi.yaml");

    private static final Map<String, Class<? extends FlywatchEvent>> TOPICS = new LinkedHashMap<>();

    static {
        TOPICS.put(Topics.PROGRESS, ProgressEvent.class);
        TOPICS.put(Topics.PIPELINES, PipelineEvent.class);
        TOPICS.put(Topics.LAG, LagEvent.class);
        TOPICS.put(Topics.ANOMALIES, AnomalyEvent.class);
        TOPICS.put(Topics.WATCHES, WatchEvent.class);
        TOPICS.put(Topics.ALERTS, AlertEvent.class);
        TOPICS.put(Topics.VERIFICATIONS, VerificationEvent.class);
        TOPICS.put(Topics.COMMANDS, CommandEvent.class);
    }

    private final SchemaGenerator schemas = generator();

    @Test
    void documentsTheTopicsAsTheRecordsAre() throws IOException {
        String rendered = new YAMLMapper()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .writeValueAsString(document());

        if (Boolean.getBoolean("flywatch.docs.write")) {
            Files.writeString(FILE, rendered);
        }

        assertThat(FILE)
                .as("docs/asyncapi.yaml differs from the records: write it anew with -Dflywatch.docs.write=true")
                .hasContent(rendered);
    }

    private ObjectNode document() {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Flywatch")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "JSON values with CloudEvents 1.0 attributes in the headers (ce_id, ce_type, ce_source, ce_time, ce_subject)."
                                + " Readers ignore unknown properties and unknown types. Written by a test from the records.");
        document.put("defaultContentType", "application/json");
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        ObjectNode messages = document.putObject("components").putObject("messages");
        TOPICS.forEach((topic, type) -> {
            ObjectNode channel = channels.putObject(type.getSimpleName()).put("address", topic);
            ObjectNode listed = channel.putObject("messages");
            operations
                    .putObject("receive" + type.getSimpleName())
                    .put("action", "receive")
                    .putObject("channel")
                    .put("$ref", "#/channels/" + type.getSimpleName());
            for (JsonSubTypes.Type event :
                    type.getAnnotation(JsonSubTypes.class).value()) {
                String name = event.value().getSimpleName();
                listed.putObject(name).put("$ref", "#/components/messages/" + name);
                messages.putObject(name)
                        .put("name", event.name())
                        .put("contentType", "application/json")
                        .set("payload", schemas.generateSchema(event.value()));
            }
        });
        return document;
    }

    private static SchemaGenerator generator() {
        var builder = new SchemaGeneratorConfigBuilder(
                        Json.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(Option.INLINE_ALL_SCHEMAS)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .without(Option.NULLABLE_FIELDS_BY_DEFAULT);
        builder.forFields()
                .withNullableCheck(field -> isNullable(field.getRawMember().getAnnotatedType()))
                .withRequiredCheck(field -> !isNullable(field.getRawMember().getAnnotatedType()));
        builder.forTypesInGeneral().withCustomDefinitionProvider((type, context) -> {
            boolean time = type.getErasedType() == Instant.class || type.getErasedType() == Duration.class;
            return time
                    ? new CustomDefinition(Json.MAPPER
                            .createObjectNode()
                            .put("type", "string")
                            .put("format", type.getErasedType() == Instant.class ? "date-time" : "duration"))
                    : null;
        });
        return new SchemaGenerator(builder.build());
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
