package io.flywatch.alerts.adapter.rest;

/**
 * What became of a test message.
 *
 * @param outcome {@code delivered}, {@code retry} (it may work later) or {@code refused}
 * @param answer what the receiver answered
 */
public record TestResult(String receiver, String outcome, String answer) {}
