package io.flywatch.quickstart.inbox;

import java.time.Instant;

/**
 * Something that arrived.
 *
 * @param receiver where
 * @param at when
 * @param tells whether it says that there is trouble, or that it is over
 * @param title its subject or first words
 * @param text all of it
 * @param alert what PagerDuty knows the alert by; empty elsewhere
 */
public record Letter(Receiver receiver, Instant at, Tells tells, String title, String text, String alert) {

    /** The three inboxes. */
    public enum Receiver {
        SLACK,
        MAIL,
        PAGERDUTY
    }

    /** What a letter says. */
    public enum Tells {
        FIRING,
        RESOLVED
    }
}
