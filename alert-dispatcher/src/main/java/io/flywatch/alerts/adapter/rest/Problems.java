package io.flywatch.alerts.adapter.rest;

import io.flywatch.alerts.Intake.NotStoredException;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The problems of this service. */
final class Problems {

    /** Alerts as an example. */
    static final String ALERTS = """
            [{"labels": {"alertname": "DiskFull", "severity": "critical", "instance": "db1"},
              "annotations": {"summary": "the disk of db1 is full in 20 minutes", "runbook_url": "https://example.org/disk"}}]""";

    /** An alert as an example. */
    static final String ALERT = """
            {"labels": {"alertname": "DiskFull", "severity": "critical"}, "annotations": {"summary": "full in 20 minutes"}}""";

    /** A silence as an example. */
    static final String SILENCE = """
            {"matchers": ["migration=\\"shop\\""], "duration": "2h", "createdBy": "kim", "comment": "index build"}""";

    /** Somebody is on it, as an example. */
    static final String TAKING = """
            {"by": "kim", "comment": "looking"}""";

    static final int MOST = 1000;
    static final int USUAL = 100;

    private Problems() {}

    static ProblemException bad(String title, String detail, String remedy) {
        return new ProblemException(Problem.of(400, title, detail, remedy));
    }

    static ProblemException unknownAlert(String fingerprint) {
        return new ProblemException(Problem.of(
                404,
                "Unknown alert",
                "There is no alert with the fingerprint '" + fingerprint + "'.",
                "GET /api/v1/alerts lists those there are."));
    }

    static ProblemException notStored(NotStoredException e) {
        return new ProblemException(Problem.of(
                503, "Not stored", "It was not stored: " + e.getMessage() + ".", "Send it again in a few seconds."));
    }

    static int limit(@Nullable Integer limit) {
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw bad("Limit out of range", "limit is " + limit + ".", "Ask for 1 to " + MOST + ".");
        }
        return limit == null ? USUAL : limit;
    }
}
