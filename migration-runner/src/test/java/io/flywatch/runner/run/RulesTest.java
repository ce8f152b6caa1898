package io.flywatch.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(60);
    private static final Failure FAILURE = new Failure("1 insert", FailureType.REFUSED, "no", "_id 1 to 9", "11000");
    private static final RunStatus RUNNING = new RunStatus.Running(BEFORE);
    private static final RunStatus PAUSED = new RunStatus.Paused(BEFORE, BEFORE);
    private static final RunStatus FAILED = new RunStatus.Failed(BEFORE, NOW, FAILURE);

    @Test
    void pausesAtTheNextBatchAndGoesOnAsTheSameRun() {
        assertThat(rule(RUNNING, null, Demand.PAUSE)).isEqualTo(new Ruling.Ask(Wish.PAUSE));
        assertThat(rule(RUNNING, Wish.PAUSE, Demand.PAUSE)).isEqualTo(new Ruling.Already());
        assertThat(rule(RUNNING, Wish.PAUSE, Demand.RESUME)).isEqualTo(new Ruling.Ask(null));
        assertThat(rule(PAUSED, null, Demand.RESUME)).isEqualTo(new Ruling.Move(new RunStatus.Pending(NOW, BEFORE)));
        assertThat(new RunStatus.Pending(NOW, BEFORE).start(NOW)).isEqualTo(RUNNING);
    }

    @Test
    void retriesOnlyTheLatestRunAndKeepsWhenItBegan() {
        Ruling latest = Rules.on(run(FAILED, null, MigrationKind.MONGODB), Demand.RETRY, true, NOW);
        Ruling overtaken = Rules.on(run(FAILED, null, MigrationKind.MONGODB), Demand.RETRY, false, NOW);

        assertThat(latest).isEqualTo(new Ruling.Move(new RunStatus.Pending(NOW, BEFORE)));
        assertThat(overtaken).isInstanceOf(Ruling.Refused.class);
        assertThat(rule(PAUSED, null, Demand.RETRY))
                .isInstanceOfSatisfying(
                        Ruling.Refused.class, it -> assertThat(it.remedy()).contains("/runs/r/resume"));
    }

    @Test
    void doesNotPauseWhatWouldHoldTheSourceOrIsNotOurs() {
        Run snapshot = run(RUNNING, null, MigrationKind.REPLICATION);
        Run stream =
                new Run("r", "m", MigrationKind.REPLICATION, RUNNING, "rest", null, BEFORE, steps("stream"), null, 0);
        Run external = run(RUNNING, null, MigrationKind.EXTERNAL);

        assertThat(Rules.on(snapshot, Demand.PAUSE, true, NOW)).isInstanceOf(Ruling.Refused.class);
        assertThat(Rules.on(stream, Demand.PAUSE, true, NOW)).isEqualTo(new Ruling.Ask(Wish.PAUSE));
        assertThat(Rules.on(external, Demand.PAUSE, true, NOW)).isInstanceOf(Ruling.Refused.class);
    }

    @Property
    void refusesWithAReasonAndARemedyWhateverItDoesNotDo(@ForAll("runs") Run run, @ForAll Demand demand) {
        Ruling ruling = Rules.on(run, demand, true, NOW);

        if (ruling instanceof Ruling.Refused refused) {
            assertThat(refused.why()).contains(run.id()).endsWith(".");
            assertThat(refused.remedy()).endsWith(".");
        }
        if (run.status() instanceof RunStatus.Ended && ruling instanceof Ruling.Move) {
            assertThat(demand).isEqualTo(Demand.RETRY);
            assertThat(run.status().state()).isEqualTo(RunState.FAILED);
        }
        if (run.wish() == Wish.CANCEL && run.isActive()) {
            assertThat(ruling).isNotInstanceOf(Ruling.Move.class).isNotInstanceOf(Ruling.Ask.class);
        }
    }

    /** Whatever is demanded in whatever order, a run that began keeps its beginning, and its time is never negative. */
    @Property
    void keepsItsBeginningThroughAnyMoves(@ForAll List<Demand> demands) {
        RunStatus status = RUNNING;
        Instant now = NOW;
        for (Demand demand : demands) {
            now = now.minusSeconds(1); // the clock may go back
            if (Rules.on(run(status, null, MigrationKind.MONGODB), demand, true, now) instanceof Ruling.Move move) {
                status = move.to();
            }
            status = switch (status) {
                case RunStatus.Pending it -> it.start(now);
                case RunStatus.Running it -> demand == Demand.PAUSE ? it.pause(now) : it.fail(FAILURE, now);
                case RunStatus.Paused it -> it;
                case RunStatus.Ended it -> it;
            };
            assertThat(status.startedAt()).isEqualTo(BEFORE);
            if (status instanceof RunStatus.Ended ended) {
                assertThat(ended.took()).isGreaterThanOrEqualTo(Duration.ZERO);
            }
        }
    }

    @Provide
    Arbitrary<Run> runs() {
        Arbitrary<RunStatus> statuses = Arbitraries.of(
                new RunStatus.Pending(BEFORE),
                new RunStatus.Pending(NOW, BEFORE),
                RUNNING,
                PAUSED,
                FAILED,
                new RunStatus.Succeeded(BEFORE, NOW),
                new RunStatus.Cancelled(BEFORE, NOW));
        Arbitrary<Wish> wishes = Arbitraries.of(Wish.class).injectNull(0.5);
        return Combinators.combine(statuses, wishes, Arbitraries.of(MigrationKind.class))
                .as(RulesTest::run);
    }

    private static Ruling rule(RunStatus status, @Nullable Wish wish, Demand demand) {
        return Rules.on(run(status, wish, MigrationKind.MONGODB), demand, true, NOW);
    }

    private static Run run(RunStatus status, @Nullable Wish wish, MigrationKind kind) {
        return new Run("r", "m", kind, status, "rest", null, BEFORE, steps("copy"), wish, 0);
    }

    private static List<RunStep> steps(String name) {
        return List.of(new RunStep(1, name, BEFORE, null, 0));
    }
}
