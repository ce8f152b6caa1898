package io.flywatch.runner.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as callers see it.
 *
 * @param wish {@code cancel} or {@code finish}, if somebody asked for it and it has not happened yet
 * @param rows rows or documents changed by finished steps
 * @param failure why it failed
 * @param progress the latest sample, if there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
        String id,
        String migrationId,
        MigrationKind kind,
        RunState state,
        String trigger,
        @Nullable String idempotencyKey,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String wish,
        long rows,
        @Nullable FailureView failure,
        List<RunStep> steps,
        @Nullable ProgressSample progress) {

    /**
     * Why a run failed.
     *
     * @param step the step at work, if any
     * @param type one of a closed set
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FailureView(@Nullable String step, String type, String message) {}

    static RunView of(Run run, Optional<ProgressSample> progress) {
        RunStatus status = run.status();
        return new RunView(
                run.id(),
                run.migrationId(),
                run.kind(),
                status.state(),
                run.trigger(),
                run.idempotencyKey(),
                run.createdAt(),
                switch (status) {
                    case RunStatus.Pending it -> null;
                    case RunStatus.Running it -> it.since();
                    case RunStatus.Ended it -> it.since();
                },
                status instanceof RunStatus.Ended ended ? ended.at() : null,
                run.wish() == null ? null : run.wish().name().toLowerCase(Locale.ROOT),
                run.rows(),
                status instanceof RunStatus.Failed failed ? failure(failed) : null,
                run.steps(),
                progress.orElse(null));
    }

    private static FailureView failure(RunStatus.Failed failed) {
        return new FailureView(
                failed.failure().step(),
                failed.failure().type().label(),
                failed.failure().message());
    }
}
