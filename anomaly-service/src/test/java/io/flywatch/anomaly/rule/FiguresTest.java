package io.flywatch.anomaly.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void writesFiguresAsPeopleDo() {
        assertThat(Figures.seconds(73.4)).isEqualTo("73 s");
        assertThat(Figures.seconds(2.04)).isEqualTo("2 s");
        assertThat(Figures.seconds(Duration.ofMillis(1500))).isEqualTo("1.5 s");
        assertThat(Figures.perSecond(12345.6)).isEqualTo("12,346 rows/s");
        assertThat(Figures.perSecond(0)).isEqualTo("0 rows/s");
        assertThat(Figures.percent(0.5)).isEqualTo("50 %");
        assertThat(Figures.percent(0.0123)).isEqualTo("1.23 %");
        assertThat(Figures.percent(1)).isEqualTo("100 %");
    }
}
