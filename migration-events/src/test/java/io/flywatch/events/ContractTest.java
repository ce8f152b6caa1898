package io.flywatch.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flywatch.events.alert.AlertEvent;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.pipeline.PipelineEvent;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.events.verification.VerificationEvent;
import io.flywatch.events.watch.WatchEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractTest {

    static final List<Class<? extends FlywatchEvent>> TOPICS = List.of(
            ProgressEvent.class,
            PipelineEvent.class,
            LagEvent.class,
            AnomalyEvent.class,
            WatchEvent.class,
            AlertEvent.class,
            VerificationEvent.class,
            CommandEvent.class);

    static Stream<FlywatchEvent> examples() {
        return Examples.ALL.stream();
    }

    static Stream<Class<? extends FlywatchEvent>> topics() {
        return TOPICS.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsBackWhatItWrote(FlywatchEvent event) throws IOException {
        String text = Json.MAPPER.writeValueAsString(event);

        assertThat(Json.MAPPER.readValue(text, topicOf(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsAnEventThatGotAProperty(FlywatchEvent event) throws IOException {
        ObjectNode tree = Json.MAPPER.valueToTree(event);
        tree.putObject("later").put("a", 1);

        assertThat(Json.MAPPER.treeToValue(tree, topicOf(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void readsATypeOfTheFutureAsUnknown(Class<? extends FlywatchEvent> topic) throws IOException {
        String text = """
                {"type":"from.the.future","migrationId":"shop","runId":"r","at":"2026-11-22T21:30:00Z","x":[1]}""";

        FlywatchEvent event = Json.MAPPER.readValue(text, topic);

        assertThat(event.getClass().getSimpleName()).startsWith("Unknown");
        assertThat(event.migrationId()).isEqualTo("shop");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void hasAnExampleOfEachType(Class<? extends FlywatchEvent> topic) {
        List<String> types = Arrays.stream(
                        topic.getAnnotation(JsonSubTypes.class).value())
                .<String>map(type -> type.value().getSimpleName())
                .toList();

        assertThat(Examples.ALL.stream()
                        .filter(topic::isInstance)
                        .map(event -> event.getClass().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(types);
    }

    /** The file was written by the first release and is never edited: what it holds must stay readable. */
    @Test
    void readsTheEventsOfTheFirstRelease() throws IOException {
        JsonNode released;
        try (InputStream file = getClass().getResourceAsStream("/released/0.1.json")) {
            released = Json.MAPPER.readTree(file);
        }

        for (FlywatchEvent event : Examples.ALL) {
            JsonNode old = released.path(event.getClass().getSimpleName());
            if (old.isMissingNode()) {
                continue; // a type that came later
            }
            assertThat(Json.MAPPER.treeToValue(old, topicOf(event)))
                    .as(event.getClass().getSimpleName())
                    .isInstanceOf(event.getClass());
        }
    }

    @SuppressWarnings("unchecked") // the topics' interfaces all extend FlywatchEvent
    private static Class<FlywatchEvent> topicOf(FlywatchEvent event) {
        return (Class<FlywatchEvent>) TOPICS.stream()
                .filter(topic -> topic.isInstance(event))
                .findFirst()
                .orElseThrow();
    }
}
