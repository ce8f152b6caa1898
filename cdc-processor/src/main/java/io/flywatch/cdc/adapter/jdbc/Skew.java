package io.flywatch.cdc.adapter.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock compared with ours: what it says is held against the middle of the time that the question took, so the error is half of
 * that at most. Of a few questions the quickest one counts, as its error is the least.
 */
final class Skew {
    private static final int QUESTIONS = 3;

    private Skew() {}

    /** Tells the time there. */
    interface Question {
        Instant ask() throws SQLException;
    }

    /** The other clock less ours, in seconds. */
    static double of(Question question) throws SQLException {
        question.ask();
        Duration quickest = Duration.ofDays(1);
        double skew = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            Instant before = Instant.now();
            Instant theirs = question.ask();
            Duration took = Duration.between(before, Instant.now());
            if (took.compareTo(quickest) < 0) {
                quickest = took;
                skew = Duration.between(before.plus(took.dividedBy(2)), theirs).toNanos() / 1e9;
            }
        }
        return skew;
    }
}
