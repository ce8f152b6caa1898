package io.flywatch.alerts.notice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who else hears of what a notice tells.
 *
 * @param others who was told, too
 * @param next who is told if nobody acknowledges; empty if nobody is
 * @param nextAt when they are told
 */
public record Audience(
        List<String> others, List<String> next, @Nullable Instant nextAt) {

    /** Nobody. */
    public static final Audience NOBODY_ELSE = new Audience(List.of(), List.of(), null);

    public Audience {
        others = List.copyOf(others);
        next = List.copyOf(next);
    }
}
