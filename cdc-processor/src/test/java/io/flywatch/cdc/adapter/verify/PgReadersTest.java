package io.flywatch.cdc.adapter.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Endless;
import io.flywatch.cdc.change.NotFinite;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PgReadersTest {

    private static Object read(String type, String text) {
        return Objects.requireNonNull(
                Objects.requireNonNull(PgReaders.of(type, -1, false)).read(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 year 2 mons 3 days 04:05:06.7  | P1Y2M3DT4H5M6.7S
            00:00:00                         | P0Y0M0DT0H0M0S
            -1 days -02:03:04.5              | P0Y0M-1DT-2H-3M-4.5S
            1 mon                            | P0Y1M0DT0H0M0S
            100:00:00                        | P0Y0M0DT100H0M0S
            """)
    void readsIntervalsAsDebeziumWritesThem(String text, String iso) {
        assertThat(read("interval", text)).isEqualTo(iso);
    }

    @ParameterizedTest
    @CsvSource({
        "12:34:56+02, 10:34:56Z",
        "12:34:56.123456+05:30, 07:04:56.123456Z",
        "00:00:00-08, 08:00:00Z",
        "12:00:00.5+00, 12:00:00.5Z"
    })
    void readsTimesWithAZone(String text, String iso) {
        assertThat(read("timetz", text)).isEqualTo(iso);
    }

    @Test
    void readsDatesOfAnyYear() {
        assertThat(read("date", "0044-03-15 BC")).isEqualTo(LocalDate.of(-43, 3, 15));
        assertThat(read("date", "294276-12-31")).isEqualTo(LocalDate.of(294276, 12, 31));
        assertThat(read("date", "-infinity")).isEqualTo(Endless.PAST);
        assertThat(read("timestamptz", "2024-02-29 10:34:56.123456+00"))
                .isEqualTo(Instant.parse("2024-02-29T10:34:56.123456Z"));
        assertThat(read("timestamptz", "0044-03-15 00:00:00+00 BC")).isEqualTo(Instant.parse("-0043-03-15T00:00:00Z"));
        assertThat(read("timestamp", "infinity")).isEqualTo(Endless.FUTURE);
        assertThat(read("time", "24:00:00")).isEqualTo("24:00:00");
    }

    @Test
    void readsNumbersThatAreNone() {
        assertThat(read("numeric", "NaN")).isEqualTo(NotFinite.NAN);
        assertThat(read("float8", "-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(read("numeric", "1.50")).isEqualTo(new BigDecimal("1.50"));
    }

    @Test
    void readsArrays() {
        assertThat(read("_int4", "{1,NULL,3}")).isEqualTo(Arrays.asList(1, null, 3));
        assertThat(read("_text", "{\"a \\\"b\\\"\",\"NULL\",NULL,\"\",\"{,}\"}"))
                .isEqualTo(Arrays.asList("a \"b\"", "NULL", null, "", "{,}"));
        assertThat(read("_int4", "{{1,2},{3,4}}")).isEqualTo(List.of(List.of(1, 2), List.of(3, 4)));
        assertThat(read("_int4", "[0:1]={7,8}")).isEqualTo(List.of(7, 8));
        assertThat(read("_int4", "{}")).isEqualTo(List.of());
    }

    @Property(tries = 200)
    void readsTheArraysThatItWrites(@ForAll List<String> texts) {
        assertThat(PgArrays.read(PgArrays.write(texts), text -> text)).isEqualTo(texts);
    }

    @Test
    void leavesTypesThatHaveNoSureForm() {
        assertThat(PgReaders.of("tstzrange", -1, false)).isNull();
        assertThat(PgReaders.of("_path", -1, false)).isNull();
    }
}
