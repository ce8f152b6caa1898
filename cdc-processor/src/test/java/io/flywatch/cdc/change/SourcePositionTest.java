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
}
