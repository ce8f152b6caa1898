package io.flywatch.events.verification;

import java.time.Instant;
import java.util.List;

/**
 * A pipeline's source and target are being compared. It comes again, with the same id, when another replica goes on with it.
 *
 * @param verificationId tells it from others
 * @param tables the tables at the source that are compared
 * @param whole whether these are all tables of the pipeline with all of their rows: neither a sample nor a selection
 */
public record VerificationStarted(
        String migrationId, String runId, Instant at, String verificationId, List<String> tables, boolean whole)
        implements VerificationEvent {
    public VerificationStarted {
        tables = List.copyOf(tables);
    }
}
