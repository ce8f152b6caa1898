package io.flywatch.runner.replication;

import io.flywatch.events.command.StartVerification;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The verification that a run orders once its snapshot is complete. Its id follows from the run's, so that a restarted runner asks for the
 * same one. What comes out of it ends no run: it is shown, and the gate of a cutover asks for it.
 */
public final class VerifyStep {
    /** An order that nobody has answered is given again: the processor may not have been there. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** One that was not taken is, too: a Kafka that is away for a moment ends no run. */
    private static final Duration UNTIL_TAKEN = Duration.ofSeconds(5);

    private final Verifier verifier;
    private final String migrationId;
    private final String runId;
    private final @Nullable Integer maxRowsPerSecond;
    private @Nullable Instant dueAt;

    /**
     * The step of a run.
     *
     * @param maxRowsPerSecond the most rows that are read at the source; null for the processor's setting
     */
    public VerifyStep(Verifier verifier, String migrationId, String runId, @Nullable Integer maxRowsPerSecond) {
        this.verifier = verifier;
        this.migrationId = migrationId;
        this.runId = runId;
        this.maxRowsPerSecond = maxRowsPerSecond;
    }

    /** What a run's verification is known by. */
    public static String id(String runId) {
        return "run-" + runId;
    }

    /** Orders it if nothing is heard of it, and tells what came out of it once it has ended. */
    public Optional<VerificationFinished> look(Instant now) {
        Optional<VerificationFinished> end = verifier.end(id(runId));
        boolean silent = end.isEmpty() && verifier.progress(id(runId)).isEmpty();
        boolean due = dueAt == null || !now.isBefore(dueAt);
        if (silent && due) {
            boolean taken = verifier.order(
                    new StartVerification(migrationId, runId, now, id(runId), List.of(), maxRowsPerSecond, null));
            dueAt = now.plus(taken ? AGAIN : UNTIL_TAKEN);
        }
        return end;
    }

    /** How far it is, or what came out of it, in a few words; empty if nothing is known of one. */
    public static String told(Verifier verifier, String runId) {
        Optional<VerificationFinished> end = verifier.end(id(runId));
        if (end.isPresent()) {
            return "verification: " + end.get().reason();
        }
        return verifier.progress(id(runId)).map(VerifyStep::told).orElse("");
    }

    private static String told(VerificationProgress now) {
        String of = now.rowsExpected() == null ? "" : String.format(Locale.ROOT, " of %,d", now.rowsExpected());
        return String.format(
                Locale.ROOT, "verifying: %,d%s rows compared, %,d differ", now.rows(), of, now.mismatches());
    }

    /**
     * What is done, with what is known of the verification: first while it is what the run is at, else last, as a terminal cuts the end.
     *
     * @param told of the verification; empty if nothing is known of one
     */
    public static String beside(Phase phase, String activity, String told) {
        if (told.isEmpty()) {
            return activity;
        }
        return phase == Phase.VERIFY ? told + "; " + activity : activity + "; " + told;
    }
}
