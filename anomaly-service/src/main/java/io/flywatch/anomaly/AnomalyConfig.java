package io.flywatch.anomaly;

import io.flywatch.anomaly.score.Sensitivity;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The thresholds in force. Durations are ISO 8601, e.g. {@code PT15S}; shares are between 0 and 1. */
@ConfigMapping(prefix = "flywatch.rules")
public interface AnomalyConfig {

    /** A file that changes these settings and adds rules; it is read again when it changes. */
    Optional<String> file();

    /** How long after its end an episode that opens again waits, so that flapping is told once. */
    @WithDefault("PT20S")
    Duration coolDown();

    /** How long a series has to be back in range before its episode closes. */
    @WithDefault("PT10S")
    Duration recovery();

    /** How often, at most, a worse peak of an open episode is told. */
    @WithDefault("PT10S")
    Duration updateEvery();

    /** How long after a start, a new step or a pause throughput and lag are not judged. */
    @WithDefault("PT20S")
    Duration warmUp();

    /** An episode whose series was not measured for so long closes. */
    @WithDefault("PT5M")
    Duration unmeasuredAfter();

    /** How far back the topics are replayed after a start or a rebalance; also how far back the series reach. */
    @WithDefault("PT10M")
    Duration replay();

    /** A run that nothing was heard of for so long is forgotten, and its episodes closed. */
    @WithDefault("PT24H")
    Duration giveUpAfter();

    /** How many closed episodes are kept to be asked for. */
    @WithDefault("500")
    int history();

    /** How many series a migration may have. */
    @WithDefault("10000")
    int maxSeries();

    /** How readily a series is called unusual: {@code quiet} for a pager, {@code balanced}, {@code early} for a dashboard. */
    @WithDefault("balanced")
    Sensitivity sensitivity();

    /** The rule {@code unusual}. */
    UnusualConfig unusual();

    /** The rule {@code falling_behind}. */
    FallingBehindConfig fallingBehind();

    /** The rule {@code eta_slipping}. */
    EtaSlippingConfig etaSlipping();

    /** The rule {@code low_headroom}. */
    LowHeadroomConfig lowHeadroom();

    /** The rule {@code heartbeat_stopped}. */
    HeartbeatStoppedConfig heartbeatStopped();

    /** The rule {@code dead_letters}. */
    DeadLettersConfig deadLetters();

    /** The rule {@code blocked_sessions}. */
    BlockedSessionsConfig blockedSessions();

    /** The rule {@code source_burst}. */
    SourceBurstConfig sourceBurst();

    /** The rule {@code samples_missing}. */
    SamplesMissingConfig samplesMissing();

    /** The rule {@code low_throughput}. */
    LowThroughputConfig lowThroughput();

    /** The rule {@code high_error_rate}. */
    HighErrorRateConfig highErrorRate();

    /** The rule {@code high_lag}. */
    HighLagConfig highLag();

    /** The rule {@code stalled}. */
    StalledConfig stalled();

    /** Rows come at less than a share of the expected rate. */
    interface LowThroughputConfig {
        /** The share of the expected rate under which it is low. */
        @WithDefault("0.5")
        double share();

        /** How long it has to last. */
        @WithDefault("PT15S")
        Duration after();

        /** In streaming, backlogs of up to this many records don't matter. */
        @WithDefault("500")
        long minBacklog();
    }

    /** Too large a share of the records can't be applied. */
    interface HighErrorRateConfig {
        /** The share over which it is high. */
        @WithDefault("0.01")
        double limit();

        /** Over how long errors and records are counted. */
        @WithDefault("PT30S")
        Duration window();

        /** Fewer errors than this within the window are left alone. */
        @WithDefault("3")
        long minErrors();

        /** How long it has to last. */
        @WithDefault("PT3S")
        Duration after();
    }

    /** The target is too far behind the source. */
    interface HighLagConfig {
        /** Over this, a warning. */
        @WithDefault("PT60S")
        Duration warning();

        /** Over this, critical. */
        @WithDefault("PT300S")
        Duration critical();

        /** How long it has to last. */
        @WithDefault("PT5S")
        Duration after();
    }

    /** No progress at all. */
    interface StalledConfig {
        /** How long nothing may move, and how long samples may be missing. */
        @WithDefault("PT1M")
        Duration after();

        /** How long a pipeline may say that it can't go on. */
        @WithDefault("PT5S")
        Duration brokenAfter();
    }

    /** A series left the range that its own past makes one expect. */
    interface UnusualConfig {
        /** How long it has to last. */
        @WithDefault("PT2S")
        Duration after();
    }

    /** More arrives than is applied. */
    interface FallingBehindConfig {
        /** Backlogs of up to this many records don't matter. */
        @WithDefault("5000")
        long minBacklog();

        /** How long it has to last. */
        @WithDefault("PT1M")
        Duration after();
    }

    /** The estimated end moves away. */
    interface EtaSlippingConfig {
        /** By how much within a minute. */
        @WithDefault("PT90S")
        Duration by();

        /** How long it has to last. */
        @WithDefault("PT1M")
        Duration after();
    }

    /** The source, or Kafka, soon throws away what was not read. */
    interface LowHeadroomConfig {
        /** Under this, a warning. */
        @WithDefault("PT1H")
        Duration warning();

        /** Under this, critical. */
        @WithDefault("PT10M")
        Duration critical();

        /** How long it has to last. */
        @WithDefault("PT10S")
        Duration after();
    }

    /** No heartbeat has come through for a while. */
    interface HeartbeatStoppedConfig {
        /** For how long. */
        @WithDefault("PT30S")
        Duration limit();
    }

    /** Changes were put into the dead letters within the last minute. */
    interface DeadLettersConfig {
        /** How many don't matter. */
        @WithDefault("0")
        long tolerated();
    }

    /** Many times the usual number of changes arrives. */
    interface SourceBurstConfig {
        /** How many times. */
        @WithDefault("5")
        double times();

        /** Up to so many a second don't matter. */
        @WithDefault("100")
        double least();

        /** How long it has to last. */
        @WithDefault("PT3S")
        Duration after();
    }

    /** Neither the runner nor the processor can be heard. */
    interface SamplesMissingConfig {
        /** For how long. */
        @WithDefault("PT8S")
        Duration after();
    }

    /** Sessions wait for locks that the run holds. */
    interface BlockedSessionsConfig {
        /** For how long the first of them may wait. */
        @WithDefault("PT15S")
        Duration limit();
    }
}
