package io.flywatch.runner.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import io.flywatch.runner.run.Undo;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A run as callers see it.
 *
 * @param wish {@code pause}, {@code cancel} or {@code finish}, if somebody asked for it and it has not happened yet
 * @param rows rows or documents changed by finished steps
 * @param attempt 1, and one more with each retry
 * @param undoes what it undoes, if it is a rollback
 * @param rollback the latest run that undid this one, or tried to
 * @param failure why it failed
 * @param earlierFailures why earlier attempts failed, the first first
 * @param progress the latest sample, if there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Run", description = "One execution of a migration, or the undoing of one.")
public record RunView(
        String id,
        String migrationId,
        MigrationKind kind,
        RunState state,

        @Schema(description = "rest, command, schedule or rollback", examples = "rest")
        String trigger,

        @Nullable String idempotencyKey,
        Instant createdAt,
        @Nullable Instant startedAt,

        @Schema(description = "Since when it stands still") @Nullable
        Instant pausedAt,

        @Nullable Instant endedAt,

        @Schema(description = "pause, cancel or finish, if it was asked for and has not happened yet") @Nullable
        String wish,

        @Schema(description = "Rows or documents changed by finished steps")
        long rows,

        @Schema(description = "1, and one more with each retry")
        int attempt,

        @Schema(description = "What it undoes, if it is a rollback") @Nullable
        UndoView undoes,

        @Schema(description = "The latest run that undid this one, or tried to") @Nullable
        RollbackView rollback,

        @Nullable FailureView failure,

        @Schema(description = "Why earlier attempts failed, the first first")
        List<FailureView> earlierFailures,

        List<RunStep> steps,
        @Nullable ProgressSample progress,

        @Schema(description = "Of a replication: the last verification of this run that has ended") @Nullable
        VerificationFinished verification) {

    /**
     * Why a run failed.
     *
     * @param step the step at work, if any
     * @param type one of a closed set
     * @param keyRange the keys of the batch at work, if one was
     * @param serverCode the database's own code, if it gave one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Failure")
    public record FailureView(
            @Nullable String step,

            @Schema(description = "One of a closed set", examples = "refused")
            String type,

            @Schema(description = "What happened, to what, and what to do next")
            String message,

            @Schema(description = "The keys of the batch at work, if one was") @Nullable
            String keyRange,

            @Schema(description = "The database's own code, if it gave one", examples = "11000 DuplicateKey") @Nullable
            String serverCode) {

        static FailureView of(Failure failure) {
            return new FailureView(
                    failure.step(),
                    failure.type().label(),
                    failure.message(),
                    failure.keyRange(),
                    failure.serverCode());
        }
    }

    /**
     * What a rollback undoes.
     *
     * @param run what that run did
     * @param after all after that version
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Undo")
    public record UndoView(@Nullable String run, @Nullable String after) {

        static @Nullable UndoView of(@Nullable Undo undo) {
            return switch (undo) {
                case null -> null;
                case Undo.OfRun it -> new UndoView(it.runId(), null);
                case Undo.After it -> new UndoView(null, it.version());
            };
        }
    }

    /** A run that undid another, or tried to; the other is rolled back if this one succeeded. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Rollback")
    public record RollbackView(
            String run, RunState state, @Nullable FailureView failure) {

        static RollbackView of(Run run) {
            return new RollbackView(run.id(), run.status().state(), failureOf(run.status()));
        }
    }

    /** As it stands in a list. */
    static RunView of(Run run) {
        return of(run, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** With all that is known of it. */
    static RunView of(
            Run run,
            Optional<ProgressSample> progress,
            List<Failure> earlier,
            Optional<Run> rollback,
            Optional<VerificationFinished> verification) {
        RunStatus status = run.status();
        return new RunView(
                run.id(),
                run.migrationId(),
                run.kind(),
                status.state(),
                run.trigger(),
                run.idempotencyKey(),
                run.createdAt(),
                status.startedAt(),
                status instanceof RunStatus.Paused paused ? paused.since() : null,
                status instanceof RunStatus.Ended ended ? ended.at() : null,
                run.wish() == null ? null : run.wish().name().toLowerCase(Locale.ROOT),
                run.rows(),
                run.attempt(),
                UndoView.of(run.undo()),
                rollback.map(RollbackView::of).orElse(null),
                failureOf(status),
                earlier.stream().map(FailureView::of).toList(),
                run.steps(),
                progress.orElse(null),
                verification.orElse(null));
    }

    private static @Nullable FailureView failureOf(RunStatus status) {
        return status instanceof RunStatus.Failed failed ? FailureView.of(failed.failure()) : null;
    }
}
