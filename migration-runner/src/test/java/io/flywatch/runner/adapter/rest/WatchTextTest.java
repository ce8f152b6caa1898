package io.flywatch.runner.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.progress.Eta;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTextTest {
    private static final Instant AT = Instant.parse("2026-11-22T20:00:00Z");

    @Test
    void drawsOneLineAnewAndLeavesALineForEachStepThatIsDone() {
        WatchText text = new WatchText(80, true, false);

        String first = text.frame(view(running(), null, sample(250_000, 1_000_000L, "copying")));
        String second = text.frame(view(running(), AT.plusSeconds(65), sample(1_000_000, 1_000_000L, "indexing")));
        String end = text.frame(view(new RunStatus.Succeeded(AT, AT.plusSeconds(70)), AT.plusSeconds(65), null));

        assertThat(first)
                .startsWith("run r of m\n\r[###............]  25 %  250k/1.0M  13k/s  left 1 min 0 s to 2 min 0 s");
        assertThat(second)
                .contains("\r1/1 copy: done in 1 min 5 s, 1,000,000 rows")
                .contains("#] 100 %");
        assertThat(end).startsWith("\rsucceeded after 1 min 10 s, 7 rows").endsWith("\n");
        assertThat(first + second + end).doesNotContain("\u001b");
    }

    /** A newcomer's terminal has 80 columns: what is left of the time is what they look for. */
    @Test
    void showsTheTimeLeftWholeThoughTheActivityIsLong() {
        String frame = new WatchText(80, true, false)
                .frame(view(running(), null, sample(250_000, 1_000_000L, "snapshot: applying 3172 rows/s to the end")));

        assertThat(frame)
                .contains("[##......]  25 %  ", "left 1 min 0 s to 2 min 0 s  snapshot")
                .endsWith("...");
    }

    @Test
    void writesALineOnlyWhenItSaysSomethingElseForALog() {
        WatchText text = new WatchText(80, false, false);
        RunView view = view(running(), null, sample(1, null, "waiting: the target does not answer"));

        assertThat(text.frame(view))
                .isEqualTo(
                        "run r of m\n1 rows  13k/s  left 1 min 0 s to 2 min 0 s  waiting: the target does not answer\n");
        assertThat(text.frame(view)).isEmpty();
    }

    @Test
    void tellsAFailureWholeAndHarmless() {
        Failure failure =
                new Failure("1 copy", FailureType.REFUSED, "no\u001b[2J\nway", "_id 1 to 9", "11000 DuplicateKey");
        String end = new WatchText(40, true, false)
                .frame(view(new RunStatus.Failed(AT, AT.plusSeconds(5), failure), null, null));

        assertThat(end).endsWith("failed after 5 s, 7 rows: no [2J way at _id 1 to 9 (11000 DuplicateKey)\n");
    }

    /** Whatever the counts and the activity: the redrawn line fits, covers what was there before, and shows 100 % at most. */
    @Property
    void staysInItsLine(
            @ForAll @IntRange(min = WatchText.NARROWEST, max = WatchText.WIDEST) int width,
            @ForAll @LongRange(max = Long.MAX_VALUE) long done,
            @ForAll @LongRange(max = Long.MAX_VALUE) long total,
            @ForAll String activity) {
        String frame = new WatchText(width, true, false).frame(view(running(), null, sample(done, total, activity)));
        String line = frame.substring(frame.lastIndexOf('\r') + 1);

        assertThat(line).hasSize(width - 1);
        assertThat(line.chars()).noneMatch(it -> it < 32);
        String share = line.substring(line.indexOf(']') + 1, line.indexOf('%')).strip();
        assertThat(Integer.parseInt(share)).isBetween(0, 100);
    }

    private static RunStatus running() {
        return new RunStatus.Running(AT);
    }

    private static RunView view(RunStatus status, @Nullable Instant stepDone, @Nullable ProgressSample sample) {
        List<RunStep> steps = List.of(new RunStep(1, "copy", AT, stepDone, stepDone == null ? 0 : 1_000_000));
        Run run = new Run("r", "m", MigrationKind.MONGODB, status, "rest", null, AT, steps, null, 7);
        return RunView.of(run, Optional.ofNullable(sample), List.of(), Optional.empty(), Optional.empty());
    }

    private static ProgressSample sample(long done, @Nullable Long total, String activity) {
        Eta eta = new Eta(Duration.ofMinutes(1), Duration.ofSeconds(90), Duration.ofMinutes(2));
        return new ProgressSample(
                "m",
                "r",
                AT,
                RunState.RUNNING,
                "copy",
                activity,
                done,
                total,
                "counted",
                12_500,
                null,
                0,
                0,
                eta,
                List.of(),
                null);
    }
}
