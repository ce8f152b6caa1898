package io.flywatch.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFaultsTest {
    private final ObjectMapper json = json();

    @Strict
    record Order(
            @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<String> tables,
            @Nullable Integer most,
            @Nullable Double share,
            @Nullable Boolean now,
            @Nullable Instant since,
            @Nullable Duration rest,
            @Nullable Speed speed,
            @Nullable Map<String, String> by) {}

    record Lenient(@Nullable String name) {}

    enum Speed {
        SLOW,
        FAST
    }

    /** As Quarkus makes it. */
    private static ObjectMapper json() {
        ObjectMapper json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        new StrictBodies().customize(json);
        return json;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"tabels\": []}|at tabels: the field 'tabels' is unknown; known are by, most, now, rest, share, since, speed, tables",
                "{\"tables\": [null]}|at tables[0]: null stands where a value is needed",
                "{\"tables\": 1}|at tables: here has to stand a list (line 1, column 12)",
                "{\"tables\": [[]]}|at tables[0]: here has to stand a text (line 1, column 13)",
                "{\"most\": \"many\"}|at most: 'many' is no whole number in its range (line 1, column 10)",
                "{\"share\": \"much\"}|at share: 'much' is no number (line 1, column 11)",
                "{\"since\": \"yesterday\"}|at since: 'yesterday' is no time such as 2026-11-23T07:00:00Z (line 1, column 11)",
                "{\"rest\": \"5m\"}|at rest: '5m' is no ISO 8601 duration such as PT5M (line 1, column 10)",
                "{\"speed\": \"warp\"}|at speed: 'warp' is no one of: slow, fast (line 1, column 11)",
                "{\"by\": {\"a\": {}}}|at by.a: here has to stand a text (line 1, column 14)",
                "[]|here has to stand an object (line 1, column 1)"
            })
    void saysWhatStandsWhereAndWhatHasTo(String text, String told) {
        assertThat(told(text)).startsWith(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1,}",
                "nonsense",
                "{\"most\": 99999999999999999999}",
                "{\"most\": 1e400}",
                "{\"tables\": \"\"}",
                "{\"by\": \"\"}",
                "\"text\"",
                "{\"since\": true}",
                "{\"rest\": {}}",
                "{\"x\u0000\u202e\": 1}"
            })
    void showsNothingOfItsInside(String text) {
        assertThat(told(text)).isNotBlank().doesNotContain("java", "jackson", "flywatch", "`", "\u0000", "\u202e");
    }

    @Test
    void showsTheNestingThatIsTooDeepWithoutTheParsersName() {
        String[] told = new String[1];
        assertThatThrownBy(() -> json.readTree("[".repeat(2_000)))
                .isInstanceOfSatisfying(JsonProcessingException.class, it -> told[0] = JsonFaults.told(it));

        assertThat(told[0]).contains("nesting depth").doesNotContain("Constraints", "`");
    }

    @Test
    void takesUnknownFieldsOfWhatIsNotStrict() throws Exception {
        assertThat(json.readValue("{\"name\": \"a\", \"later\": {\"b\": 1}}", Lenient.class))
                .isEqualTo(new Lenient("a"));
    }

    private String told(String text) {
        String[] told = new String[1];
        assertThatThrownBy(() -> json.readValue(text, Order.class))
                .isInstanceOfSatisfying(JsonProcessingException.class, it -> told[0] = JsonFaults.told(it));
        return told[0];
    }
}
