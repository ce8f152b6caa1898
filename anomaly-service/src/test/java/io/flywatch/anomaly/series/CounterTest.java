package io.flywatch.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterTest {

    private final Counter counter = new Counter();

    @Test
    void countsOnlyWhatWasAddedSinceItsFirstReading() {
        assertThat(counter.read(1000)).isZero();
        assertThat(counter.read(1003)).isEqualTo(3);
    }

    @Test
    void takesAResetForANewBeginning() {
        counter.read(10);
        counter.read(15);

        assertThat(counter.read(2)).isEqualTo(5);
        assertThat(counter.read(4)).isEqualTo(7);
    }

    @Test
    void countsNothingOverARebase() {
        counter.read(10);
        counter.rebase();

        assertThat(counter.read(500)).isZero();
        assertThat(counter.read(501)).isEqualTo(1);
    }
}
