package io.flywatch.quickstart;

import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.alert.AlertAcknowledged;
import io.flywatch.events.alert.AlertEvent;
import io.flywatch.events.alert.AlertFired;
import io.flywatch.events.alert.AlertHeld;
import io.flywatch.events.alert.AlertResolved;
import io.flywatch.events.alert.AlertSilenced;
import io.flywatch.events.alert.NoticeDelivered;
import io.flywatch.events.alert.NoticeFailed;
import io.flywatch.events.alert.UnknownAlert;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.UnknownAnomaly;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunFailed;
import io.flywatch.events.progress.RunFinished;
import io.flywatch.events.progress.RunStarted;
import io.flywatch.events.progress.StepFinished;
import io.flywatch.quickstart.check.Books;
import io.flywatch.quickstart.screen.Board;
import io.flywatch.quickstart.screen.Figures;
import io.flywatch.quickstart.screen.Terminal;
import io.flywatch.quickstart.screen.Tone;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts every event where it is wanted: figures on the board, what happened into the news. */
final class Newsroom implements Consumer<FlywatchEvent> {

    private static final int FEW_STEPS = 5;

    private final Terminal terminal;
    private final Board board;
    private final String migration;
    private final Books books;
    private volatile @Nullable PipelineDeclared pipeline;
    private volatile @Nullable RunFailed failure;

    Newsroom(Terminal terminal, Board board, String migration) {
        this.terminal = terminal;
        this.board = board;
        this.migration = migration;
        this.books = new Books(migration);
    }

    @Override
    public void accept(FlywatchEvent event) {
        switch (event) {
            case ProgressSample sample -> board.progress(sample);
            case LagSample sample -> {
                board.lag(sample);
                books.add(sample);
            }
            case PipelineDeclared declared -> pipeline = declared;
            case RunStarted run -> {
                if (run.migrationId().equals(migration)) {
                    board.began(run.at());
                }
                terminal.news(
                        Tone.PLAIN,
                        run.migrationId() + " started: "
                                + (run.steps().size() > FEW_STEPS
                                        ? run.steps().size() + " steps"
                                        : String.join(", ", run.steps())));
            }
            case StepFinished step -> {
                if (step.migrationId().equals(migration)) {
                    terminal.news(
                            Tone.GOOD,
                            step.migrationId() + ": " + step.step() + " done" + achieved(step.rows(), step.took()));
                }
            }
            case RunFinished run -> {
                String how = run.state().name().toLowerCase(Locale.ROOT);
                if (run.migrationId().equals(migration)) {
                    board.ended(run.at(), how);
                }
                terminal.news(Tone.GOOD, run.migrationId() + " " + how + achieved(run.rows(), run.took()));
            }
            case RunFailed run -> {
                if (run.migrationId().equals(migration)) {
                    failure = run;
                    board.ended(run.at(), "failed");
                }
                terminal.news(Tone.BAD, run.migrationId() + " failed: " + run.message());
            }
            case AnomalyEvent anomaly -> onAnomaly(anomaly);
            case AlertEvent alert -> onAlert(alert);
            default -> {}
        }
    }

    private static String achieved(long rows, Duration took) {
        String time = took.toSeconds() < 1 ? "" : " in " + Figures.span(took);
        return (rows == 0 ? "" : ", " + Figures.count(rows) + " rows") + time;
    }

    private void onAnomaly(AnomalyEvent event) {
        switch (event) {
            case AnomalyOpened opened -> {
                board.opened(opened.anomaly());
                terminal.news(
                        Tone.BAD,
                        "anomaly opened: " + opened.anomaly().rule() + ", "
                                + opened.anomaly().summary());
            }
            case AnomalyUpdated updated -> board.opened(updated.anomaly());
            case AnomalyClosed closed -> {
                board.closed(closed.anomaly());
                terminal.news(Tone.GOOD, "anomaly closed: " + closed.anomaly().rule() + ", " + closed.reason());
            }
            case UnknownAnomaly unknown -> {}
        }
    }

    private void onAlert(AlertEvent event) {
        switch (event) {
            case AlertFired fired ->
                terminal.news(
                        Tone.BAD,
                        "alert fired: " + fired.alertName() + " ("
                                + fired.severity().name().toLowerCase(Locale.ROOT) + ")");
            case AlertResolved resolved -> terminal.news(Tone.GOOD, "alert resolved: " + resolved.alertName());
            case NoticeDelivered notice ->
                terminal.news(
                        Tone.LETTER,
                        notice.receiver() + " was told that " + notice.alertName()
                                + switch (notice.notice()) {
                                    case FIRING -> " fires";
                                    case RESOLVED -> " is over";
                                    case ACKNOWLEDGED -> " is in somebody's hands";
                                    case INFORMATION -> " is worth knowing";
                                });
            case NoticeFailed notice ->
                terminal.news(Tone.BAD, notice.receiver() + " could not be told: " + notice.reason());
            case AlertHeld held ->
                terminal.news(Tone.PLAIN, "nobody is told of " + held.alertName() + ": " + held.explanation());
            case AlertSilenced silenced ->
                terminal.news(Tone.PLAIN, silenced.alertName() + " is silenced by " + silenced.by());
            case AlertAcknowledged taken ->
                terminal.news(
                        Tone.PLAIN,
                        taken.alertName() + (taken.withdrawn() ? " is no longer with " : " is with ") + taken.by());
            case UnknownAlert unknown -> {}
        }
    }

    /** The pipeline as the runner declared it. */
    Optional<PipelineDeclared> pipeline() {
        return Optional.ofNullable(pipeline);
    }

    /** Why our run failed, if it did. */
    Optional<RunFailed> failure() {
        return Optional.ofNullable(failure);
    }

    /** What was taken down so far. */
    Books books() {
        return books;
    }
}
