package io.flywatch.anomaly.episode;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Makes anomalies of breaches: their identity and their sentence. */
final class Anomalies {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int ID_BYTES = 16;

    private Anomalies() {}

    /** A new anomaly. Whoever sees the same series leave its range at the same time gives it the same id. */
    static Anomaly of(Observation seen, Breach breach, Instant since, Severity severity, double peak) {
        String id =
                id(seen.migrationId() + "|" + seen.rule().id() + "|" + breach.series() + "|" + since.toEpochMilli());
        return of(id, seen, breach, since, severity, peak);
    }

    /** The same anomaly with new figures. */
    static Anomaly of(Observation seen, Breach breach, Anomaly before, Severity severity, double peak) {
        return of(before.id(), seen, breach, before.since(), severity, peak);
    }

    private static Anomaly of(
            String id, Observation seen, Breach breach, Instant since, Severity severity, double peak) {
        return new Anomaly(
                id,
                seen.rule().id(),
                breach.series(),
                severity,
                breach.value(),
                breach.limit(),
                breach.unit(),
                since,
                peak,
                summary(seen.migrationId(), breach, since),
                seen.explanation().cause(),
                seen.explanation().expectation(),
                seen.explanation().causes());
    }

    private static String summary(String migrationId, Breach breach, Instant since) {
        String sentence = migrationId + ": " + breach.what() + ", since " + CLOCK.format(since) + " UTC";
        return breach.detail() == null || breach.detail().isBlank()
                ? sentence
                : sentence + " (" + breach.detail() + ")";
    }

    private static String id(String identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
