package io.flywatch.cdc.apply;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How many records a batch may have. */
class PortionTest {
    /** A target that takes so many and no more: a batch of that size or half of it is found in few attempts, whatever came. */
    @Property
    void endsNearWhatATargetTakes(
            @ForAll @IntRange(min = 1, max = 20_000) int limit, @ForAll @IntRange(min = 1, max = 20_000) int takes) {
        Portion portion = Portion.WHOLE;
        int attempts = 0;
        while (Math.min(limit, portion.most()) > takes) {
            portion = portion.tooMuch(Math.min(limit, portion.most()));
            attempts++;
        }

        assertThat(Math.min(limit, portion.most())).isPositive().isGreaterThanOrEqualTo(Math.min(limit, takes) / 2);
        assertThat(attempts).isLessThanOrEqualTo(15);
    }

    @Property
    void growsAgainToAll(@ForAll @IntRange(min = 1, max = 20_000) int limit, @ForAll @IntRange(min = 1) int records) {
        Portion portion = Portion.WHOLE.tooMuch(Math.min(limit, records));
        int batches = 0;
        while (!portion.equals(Portion.WHOLE) && batches < 10_000) {
            Portion next = portion.written(limit);
            assertThat(next.most()).isGreaterThanOrEqualTo(portion.most());
            portion = next;
            batches++;
        }

        assertThat(portion).isEqualTo(Portion.WHOLE);
        assertThat(batches).isBetween(32, 32 * 15);
    }
}
