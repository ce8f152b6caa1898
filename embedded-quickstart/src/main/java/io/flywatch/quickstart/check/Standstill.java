package io.flywatch.quickstart.check;

import io.flywatch.quickstart.check.Cutover.Gate;
import io.flywatch.quickstart.screen.Board;
import io.flywatch.quickstart.screen.Figures;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Pauses the stream while the source is written to: nothing may arrive and the gate has to be closed. That all of it comes later is
 * seen at the end.
 */
final class Standstill {

    private static final Duration PAUSED = Duration.ofSeconds(5);
    /** What was on its way arrives still; samples come each second. */
    private static final Duration STILL = Duration.ofSeconds(2);

    private static final int LOOKS = 30;

    private final Cutover cutover;
    private final Board board;
    private final Books books;
    private final LongSupplier changes;
    private final Report report;

    Standstill(Cutover cutover, Board board, Books books, LongSupplier changes, Report report) {
        this.cutover = cutover;
        this.board = board;
        this.books = books;
        this.changes = changes;
        this.report = report;
    }

    void pauseAndResume() throws InterruptedException {
        Optional<String> trouble = cutover.pause();
        if (trouble.isPresent()) {
            report.wrong(trouble.get());
            return;
        }
        boolean still = standsStill();
        long streamed = books.streamed();
        long made = changes.getAsLong();
        Thread.sleep(PAUSED);
        long arrived = books.streamed() - streamed;
        made = changes.getAsLong() - made;
        Gate gate = cutover.look();
        int alarms = board.openAnomalies().size();
        trouble = cutover.resume();
        if (trouble.isPresent()) {
            report.wrong(trouble.get());
        } else if (!still || arrived > 0) {
            report.wrong("paused: " + Figures.count(arrived) + " changes were streamed all the same");
        } else if (gate.open()) {
            report.wrong("paused: the gate was open, although the target is behind");
        } else if (alarms > 0) {
            report.wrong("paused: " + board.openAnomalies() + " was told, although nothing is wrong");
        } else {
            report.right(
                    "paused for %d s: nothing was streamed while %s changes were made, the gate was closed, nobody was woken"
                            .formatted(PAUSED.toSeconds(), Figures.count(made)));
        }
    }

    private boolean standsStill() throws InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            long before = books.streamed();
            Thread.sleep(STILL);
            if (books.streamed() == before) {
                return true;
            }
        }
        return false;
    }
}
