package io.flywatch.cdc.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the OpenAPI document shows is what is answered, field by field. */
class ShownExamplesTest {
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // What is computed is answered, and not read.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @ParameterizedTest
    @ValueSource(classes = {LagView.class, VerificationView.class})
    void haveTheFieldsOfAnAnswerAndNoOthers(Class<?> answer) throws Exception {
        var shown = json.readTree(Path.of("src/main/resources/openapi", answer.getSimpleName() + ".json")
                .toFile());

        Object read = json.treeToValue(shown, answer);

        assertThat(json.readTree(json.writeValueAsString(read))).isEqualTo(shown);
    }
}
