package io.flywatch.events.verification;

import io.flywatch.events.progress.Eta;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a verification is, every few seconds; may be lost.
 *
 * @param rows rows of the source compared so far
 * @param rowsExpected how many there are, as far as the source's statistics tell; null if unknown
 * @param rowsPerSecond lately
 * @param tablesDone tables that are finished
 * @param tables all of its tables
 * @param suspects rows that differed when they were first read, and are looked at again once the pipeline has passed that time
 * @param mismatches rows that are proved to differ
 * @param eta when it will be done; null if unknown
 */
public record VerificationProgress(
        String migrationId,
        String runId,
        Instant at,
        String verificationId,
        long rows,
        @Nullable Long rowsExpected,
        double rowsPerSecond,
        int tablesDone,
        int tables,
        long suspects,
        long mismatches,
        @Nullable Eta eta)
        implements VerificationEvent {}
