package io.flywatch.runner.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Property
    void takesAReportTwiceAsOnce(@ForAll List<@IntRange(min = 0, max = 9) Integer> counts) {
        Tally once = Tally.NOTHING;
        Tally twice = Tally.NOTHING;
        for (int count : counts) {
            Report report = report(count, null);
            once = after(once, report);
            twice = after(after(twice, report), report);
        }

        assertThat(twice).isEqualTo(once);
    }

    @Property
    void neverGoesBack(@ForAll List<@IntRange(min = 0, max = 9) Integer> counts) {
        Tally tally = Tally.NOTHING;
        for (int count : counts) {
            Tally next = after(tally, report(count, null));
            assertThat(next.rows()).isGreaterThanOrEqualTo(tally.rows());
            tally = next;
        }
        assertThat(tally.rows())
                .isEqualTo(counts.stream().mapToInt(it -> it).max().orElse(0));
    }

    @Test
    void keepsWhatAReportDoesNotName() {
        Tally tally = after(Tally.NOTHING, report(5, 10L));

        tally = after(tally, new Report(List.of(new TableCount("b", 1, 2L)), 3L, "copying", false));
        tally = after(tally, report(6, null));

        assertThat(tally.tables()).containsExactly(new TableCount("a", 6, 10L), new TableCount("b", 1, 2L));
        assertThat(tally.total()).isEqualTo(12);
        assertThat(tally.errors()).isEqualTo(3);
        assertThat(tally.activity()).isEqualTo("copying");
    }

    @Test
    void beginsAnewWhenTheToolDoes() {
        Tally tally = after(after(Tally.NOTHING, report(500, null)), new Report(List.of(), 0L, null, true));

        assertThat(tally).isEqualTo(new Tally(List.of(), 0, null, 1));
    }

    @Test
    void tellsByItselfWhatIsWrongWithAReport() {
        assertThat(report(1, -1L).flaw())
                .hasValueSatisfying(it -> assertThat(it).contains("'a' has a negative count"));
        assertThat(new Report(List.of(), -1L, null, false).flaw()).isPresent();
        assertThat(new Report(List.of(new TableCount("a", 1, null), new TableCount("a", 1, null)), null, null, false)
                        .flaw())
                .hasValue("The table 'a' is there twice.");
        assertThat(new Report(List.of(new TableCount(" ", 1, null)), null, null, false).flaw())
                .isPresent();
        assertThat(report(1, 1L).flaw()).isEmpty();
    }

    @Test
    void saysWhatASilenceMeans() {
        Silence silence = new Silence(Duration.ofSeconds(5), Duration.ofSeconds(10));

        assertThat(silence.of(Duration.ofSeconds(4))).isEqualTo(Silence.Meaning.NONE);
        assertThat(silence.of(Duration.ofSeconds(5))).isEqualTo(Silence.Meaning.SHOWN);
        assertThat(silence.of(Duration.ofSeconds(10))).isEqualTo(Silence.Meaning.FAILS);
        assertThat(Silence.DEFAULT.of(Duration.ofDays(9))).isEqualTo(Silence.Meaning.SHOWN);
    }

    private static Report report(long rows, @Nullable Long total) {
        return new Report(List.of(new TableCount("a", rows, total)), null, null, false);
    }

    private static Tally after(Tally tally, Report report) {
        return tally.receive(report) instanceof Reception.Taken taken ? taken.tally() : tally;
    }
}
