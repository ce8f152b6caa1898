package io.flywatch.cdc;

import io.flywatch.cdc.adapter.registry.RegistryIds;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The processor's own settings. */
@ConfigMapping(prefix = "flywatch.cdc")
public interface CdcConfig {

    /** Replicas of one processor share this Kafka consumer group and, through it, the partitions. */
    @WithDefault("cdc-processor")
    String groupId();

    /** How often new topics of changes are looked for. */
    @WithDefault("2s")
    Duration topicRefresh();

    /** How many partitions are written to their targets at the same time. */
    @WithDefault("4")
    int writers();

    /** The most changes that are applied at once. */
    @WithDefault("5000")
    int batchChanges();

    /** The most payload that is applied at once; well below the 16 MiB that a MongoDB transaction should stay under. */
    @WithDefault("8M")
    MemorySize batchBytes();

    /** Records that are held in memory, at most; beyond that Kafka keeps them. Without it a sixth of the heap. */
    Optional<MemorySize> buffer();

    /** The wait after a first failed write; it doubles with each failure. */
    @WithDefault("200ms")
    Duration retryFirst();

    /** The longest wait between two attempts. */
    @WithDefault("10s")
    Duration retryLimit();

    /**
     * Whether the stages of each change are measured, which all percentiles come from. Without it only the oldest change of each batch
     * is: that shows what the measuring costs.
     */
    @WithDefault("true")
    boolean measureEachChange();

    /** How often the source is asked for its clock, its heartbeat and what its log keeps. */
    @WithDefault("10s")
    Duration sourceCheck();

    /** What the source's disk can hold of a log that nothing else limits; without it that headroom is not measured. */
    Optional<MemorySize> sourceLogBudget();

    /** Where the schemas are of messages in Avro. */
    RegistryConfig registry();

    /** A registry of schemas. */
    interface RegistryConfig {

        /** Its address, without the path of its API; without it messages in Avro can't be read. */
        Optional<String> url();

        /** What the numbers in messages name, as the connector's converter is set up to write them. */
        @WithDefault("apicurio-global")
        RegistryIds ids();

        /** Who asks, if it wants to know. */
        Optional<String> username();

        /** That user's password; a secret, never logged. */
        Optional<String> password();
    }

    /** How verifications go about it. */
    VerificationConfig verification();

    /** Settings of verifications. */
    interface VerificationConfig {

        /** Rows of a chunk, unless the request says otherwise. */
        @WithDefault("5000")
        int chunkRows();

        /** The most rows that a verification reads a second, unless its request says otherwise; without it as many as it gets. */
        Optional<Integer> maxRowsPerSecond();

        /** A verification rests while its pipeline is more behind than this. */
        @WithDefault("30s")
        Duration maxStaleness();

        /**
         * How long it is waited for Kafka Connect to commit what the source wrote; a row that looks different until then is unsettled.
         * Has to be longer than the worker's {@code offset.flush.interval.ms}.
         */
        @WithDefault("5m")
        Duration longestProof();

        /** After so many mismatches the rest of a table is not compared. */
        @WithDefault("10000")
        int maxMismatches();

        /** How long another replica waits before it goes on with a verification that has fallen silent. */
        @WithDefault("30s")
        Duration lease();
    }

    /**
     * The salt of columns that a migration hides behind a hash, of 16 bytes at least; a secret, never logged. Another salt makes other
     * hashes: it has to stay the same as long as the target's rows are compared with each other.
     */
    Optional<String> maskSalt();
}
