package io.flywatch.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.lag.Headroom;
import io.flywatch.cdc.lag.SourceLook;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static Headroom ofSource(SourceLook look, double staleness) {
        Surroundings around = new Surroundings(topic -> OptionalDouble.empty(), TopicSizes.UNKNOWN);
        around.saw(look, NOW);
        return around.headroom(List.of(), staleness, NOW).getFirst();
    }

    @Test
    void isTheOplogsTimeLessTheAgeOfWhatIsNotAppliedYet() {
        assertThat(ofSource(SourceLook.keeping(0, 3_600), 600).seconds()).isEqualTo(3_000);
        assertThat(ofSource(SourceLook.keeping(0, 3_600), 4_000).seconds()).isZero();
    }

    @Test
    void staysUnknownWithItsReasonWhereNobodyTells() {
        Headroom unknown = ofSource(SourceLook.keepingUnknown(0, "the source's oplog can't be read"), 600);

        assertThat(unknown.seconds()).isNull();
        assertThat(unknown.reason()).isEqualTo("the source's oplog can't be read");
    }
}
