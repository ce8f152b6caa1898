package io.flywatch.events.progress;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.flywatch.events.FlywatchEvent;

/**
 * What happens on {@link io.flywatch.events.Topics#PROGRESS}. Facts (all but {@link ProgressSample}) come through the outbox, in
 * order per migration and at least once; samples come each second and may be lost.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownProgress.class)
@JsonSubTypes({
    @Type(name = "run.started", value = RunStarted.class),
    @Type(name = "step.started", value = StepStarted.class),
    @Type(name = "step.finished", value = StepFinished.class),
    @Type(name = "run.paused", value = RunPaused.class),
    @Type(name = "run.resumed", value = RunResumed.class),
    @Type(name = "run.finished", value = RunFinished.class),
    @Type(name = "run.failed", value = RunFailed.class),
    @Type(name = "run.retried", value = RunRetried.class),
    @Type(name = "run.rolled-back", value = RunRolledBack.class),
    @Type(name = "run.skipped", value = RunSkipped.class),
    @Type(name = "connector.restarted", value = ConnectorRestarted.class),
    @Type(name = "progress.sample", value = ProgressSample.class),
})
public sealed interface ProgressEvent extends FlywatchEvent
        permits RunStarted,
                StepStarted,
                StepFinished,
                RunPaused,
                RunResumed,
                RunFinished,
                RunFailed,
                RunRetried,
                RunRolledBack,
                RunSkipped,
                ConnectorRestarted,
                ProgressSample,
                UnknownProgress {}
