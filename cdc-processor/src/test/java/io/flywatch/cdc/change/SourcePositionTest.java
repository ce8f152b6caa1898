package io.flywatch.cdc.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SourcePositionTest {

    @Property
    void comparesAsNumbersPartByPart(
            @ForAll @LongRange(min = 0) long a,
            @ForAll @LongRange(min = 0) long b,
            @ForAll @LongRange(min = 0, max = 3) long c,
            @ForAll @LongRange(min = 0, max = 3) long d) {
        SourcePosition one =
                SourcePosition.parse("[\"" + c + "\",\"" + a + "\"]").orElseThrow();
        SourcePosition other =
                SourcePosition.parse("[\"" + d + "\",\"000" + b + "\"]").orElseThrow();

        int expected = c == d ? Long.compare(a, b) : Long.compare(c, d);

        assertThat(one.compareTo(other)).isEqualTo(expected);
        assertThat(other.compareTo(one)).isEqualTo(-expected);
    }

    @Test
    void isNoPlaceBeforeTheFirstCommit() {
        assertThat(SourcePosition.parse("[null,\"26605312\"]")).isEmpty();
    }

    @Test
    void readsWhatItWrites() {
        SourcePosition position = new SourcePosition(List.of(26_605_648L, 26_605_744L));

        assertThat(SourcePosition.parse(position.text())).contains(position);
    }

    @Test
    void readsAPlaceInABinaryLogAndItsGlobalId() {
        SourcePosition mariaDb =
                SourcePosition.ofBinaryLog("db1-bin.000999", 4_711, "0-1-23").orElseThrow();
        SourcePosition mySql = SourcePosition.ofBinaryLog(
                        "mysql-bin.1000000", 4, "3E11FA47-71CA-11E1-9E33-C80AA9429562:24")
                .orElseThrow();

        assertThat(mariaDb.parts()).containsExactly(999L, 4_711L);
        assertThat(mariaDb).isLessThan(mySql);
        assertThat(SourcePosition.parse(mariaDb.text())).contains(mariaDb);
        assertThat(SourcePosition.parse(mySql.text())).contains(mySql);
        assertThat(SourcePosition.ofBinaryLog("nothing", 4, null)).isEmpty();
    }

    @Test
    void isThePastOnlyIfFileAndTransactionAgree() {
        SourcePosition applied =
                SourcePosition.ofBinaryLog("bin.000010", 500, "0-1-50").orElseThrow();

        assertThat(SourcePosition.ofBinaryLog("bin.000010", 400, "0-1-49")
                        .orElseThrow()
                        .isBefore(applied))
                .isTrue();
        assertThat(SourcePosition.ofBinaryLog("bin.000010", 400, "0-1-50")
                        .orElseThrow()
                        .isBefore(applied))
                .isFalse();
        assertThat(SourcePosition.ofBinaryLog("bin.000003", 400, "0-2-51")
                        .orElseThrow()
                        .isBefore(applied))
                .as("after a failover, files are numbered anew")
                .isFalse();
        assertThat(SourcePosition.ofBinaryLog("bin.000011", 4, "0-1-48")
                        .orElseThrow()
                        .isBefore(applied))
                .as("a replica of several threads logs transactions out of their order")
                .isFalse();
    }
}
