package io.flywatch.cdc.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Values of domains are what is under them, in records that a real Debezium wrote. */
class DomainsTest {
    private static final Map<String, String> MADE_BEFORE = Map.ofEntries(
            Map.entry("CENTS", "NUMERIC"),
            Map.entry("ODD CENTS", "NUMERIC"),
            Map.entry("FREE", "NUMERIC"),
            Map.entry("PRICE", "NUMERIC"),
            Map.entry("CASH", "MONEY"),
            Map.entry("CENTS3", "TEXT"),
            Map.entry("\"OTHER\".\"CENTS3\"", "NUMERIC"),
            Map.entry("BITS", "VARBIT"),
            Map.entry("CODE", "VARCHAR"),
            Map.entry("LIST", "_NUMERIC"),
            Map.entry("TEXTS", "_TEXT"));

    /** Tells what it is told to, and how often it was asked anew. */
    private static final class Told implements Catalogue {
        private Map<String, String> domains = MADE_BEFORE;
        private Map<String, String> asked = new HashMap<>();
        private boolean away;
        private int times;

        @Override
        public Optional<Columns> columns() {
            return Optional.of(away ? again() : new Columns(ColumnType.Vendor.POSTGRESQL, Map.of(), domains));
        }

        @Override
        public Columns again() {
            if (away) {
                throw new SourceAwayException("nobody answers", new IllegalStateException());
            }
            times++;
            asked.putAll(domains);
            return new Columns(ColumnType.Vendor.POSTGRESQL, Map.of(), asked);
        }
    }

    private static List<Row> rows(Catalogue catalogue) {
        EnvelopeDecoder decoder = new EnvelopeDecoder(UnaryOperator.identity(), catalogue, Set.of());
        List<Row> rows = new ArrayList<>();
        for (Recorded.Found found : Recorded.ofDomains()) {
            if (found.topic().endsWith(".domains")
                    && decoder.decode(found.raw()) instanceof Decoded.Of of
                    && of.captured().change() instanceof Change.Put put) {
                rows.add(put.row());
            }
        }
        return rows;
    }

    private static Object value(Row row, String column) {
        return String.valueOf(row.value(row.shape().names().indexOf(column)));
    }

    @Test
    void areReadAsWhatIsUnderThem() {
        assertThat(rows(new Told())).hasSize(6).allSatisfy(row -> {
            for (String column : List.of("c", "oc", "fr", "p", "ca", "big")) {
                int place = row.shape().names().indexOf(column);
                assertThat(row.value(place)).as(column).isInstanceOf(BigDecimal.class);
                assertThat(row.shape().types().get(place).name()).isIn("NUMERIC", "MONEY");
            }
            assertThat(row.value(row.shape().names().indexOf("l")))
                    .isEqualTo(Arrays.asList(new BigDecimal("1.50"), null, new BigDecimal("2.25")));
            assertThat(value(row, "b")).isEqualTo("11");
            assertThat(value(row, "f")).isEqualTo("0011");
            assertThat(value(row, "co")).isEqualTo("code");
            assertThat(row.shape().typeOf("c").length()).isEqualTo(12);
            assertThat(row.shape().typeOf("c").scale()).isEqualTo(2);
        });
    }

    @Test
    void ofAnotherSchemaAreKnownByTheirSchemaWhereItIsTold() {
        List<Row> rows = rows(new Told());

        assertThat(rows.getFirst().shape().typeOf("o").name()).isEqualTo("NUMERIC");
        assertThat(rows.getLast().shape().typeOf("o").name()).isEqualTo("TEXT");
    }

    @Test
    void thatWereMadeAfterTheStartAreAskedFor() {
        Told told = new Told();
        told.asked = new HashMap<>(Map.of("LATE", "NUMERIC"));

        Row last = rows(told).getLast();

        assertThat(last.value(last.shape().names().indexOf("la"))).isEqualTo(new BigDecimal("9.90"));
    }

    /** A schema is read once, and a name that is no domain asked for once. */
    @Test
    void areAskedForOnce() {
        Told told = new Told();

        rows(told);

        // EMAIL, PADDED, FIXED, BYTES, ADDRESS and LATE are not told.
        assertThat(told.times).isEqualTo(6);
    }

    @Test
    void waitForASourceThatIsAway() {
        Told told = new Told();
        told.away = true;

        assertThatThrownBy(() -> rows(told)).isInstanceOf(Catalogue.SourceAwayException.class);
    }

    /** So that what is left of a pipeline can be applied when its source is gone. */
    @Test
    void doNotLetTablesWithoutThemWait() {
        Told told = new Told();
        told.away = true;
        EnvelopeDecoder decoder = new EnvelopeDecoder(UnaryOperator.identity(), told, Set.of());

        assertThat(Recorded.all()).allSatisfy(found -> decoder.decode(found.raw()));
    }

    @Test
    void areTextWhereNobodyTells() {
        assertThat(rows(Catalogue.NONE))
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(row.value(row.shape().names().indexOf("c"))).isInstanceOf(String.class));
    }
}
