package io.flywatch.runner.replication;

import io.flywatch.events.command.CancelVerification;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationProgress;
import io.flywatch.runner.migration.ReplicationMigration.Verify;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStep;
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

    /** A runner that was just started may not have read yet that it has ended. */
    private static final Duration HEARD = Duration.ofSeconds(30);

    private final Verifier verifier;
    private final Run run;
    private final Verify wanted;
    private @Nullable Instant dueAt;
    private @Nullable Instant lookedFirst;

    /** The step of a run that has begun it. */
    public VerifyStep(Verifier verifier, Run run, Verify wanted) {
        this.verifier = verifier;
        this.run = run;
        this.wanted = wanted;
    }

    /** What the step has come to. */
    public sealed interface Sight {}

    /** Neither its end nor its time has come. */
    public record Waiting() implements Sight {}

    /** It has ended. */
    public record Ended(VerificationFinished result) implements Sight {}

    /**
     * It took longer than it may, and was cancelled.
     *
     * @param why how far it was, and what to do
     */
    public record Overdue(String why) implements Sight {}

    /** What a run's verification is known by. */
    public static String id(String runId) {
        return "run-" + runId;
    }

    /** Orders it if nothing is heard of it, cancels it when it takes too long, and tells what came out of it. */
    public Sight look(Instant now) {
        Instant first = lookedFirst == null ? now : lookedFirst;
        lookedFirst = first;
        Optional<VerificationFinished> end = verifier.end(id(run.id()));
        if (end.isPresent()) {
            return new Ended(end.get());
        }
        Optional<VerificationProgress> progress = verifier.progress(id(run.id()));
        boolean heard = !now.isBefore(first.plus(HEARD));
        if (heard && !now.isBefore(begun().orElse(first).plus(wanted.cancelAfter()))) {
            verifier.cancel(new CancelVerification(run.migrationId(), run.id(), now, id(run.id())));
            return new Overdue(overdue(progress));
        }
        if (progress.isEmpty() && (dueAt == null || !now.isBefore(dueAt))) {
            boolean taken = verifier.order(new StartVerification(
                    run.migrationId(), run.id(), now, id(run.id()), List.of(), wanted.maxRowsPerSecond(), null));
            dueAt = now.plus(taken ? AGAIN : UNTIL_TAKEN);
        }
        return new Waiting();
    }

    private Optional<Instant> begun() {
        return run.steps().stream()
                .filter(it -> it.name().equals(Phase.VERIFY.label()))
                .findFirst()
                .map(RunStep::startedAt);
    }

    private String overdue(Optional<VerificationProgress> progress) {
        return "the verification was cancelled, as it had not ended within " + wanted.cancelAfter()
                + " (verify.cancelAfter): "
                + progress.map(it -> compared(it) + "; start one of all tables before the cutover")
                        .orElse("nothing was heard of it; look whether the cdc-processor runs");
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
        return "verifying: " + compared(now);
    }

    private static String compared(VerificationProgress now) {
        String of = now.rowsExpected() == null ? "" : String.format(Locale.ROOT, " of %,d", now.rowsExpected());
        return String.format(Locale.ROOT, "%,d%s rows compared, %,d differ", now.rows(), of, now.mismatches());
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
