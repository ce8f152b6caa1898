package io.flywatch.alerts.alert;

import java.time.Instant;

/**
 * Somebody is on it, until the alert is over.
 *
 * @param by who
 * @param comment what they said; may be empty
 */
public record Acknowledgement(String by, String comment, Instant at) {}
