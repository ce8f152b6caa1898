package io.flywatch.runner.adapter.rest;

import io.flywatch.runner.Answer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What triggers by REST have in common. */
@Singleton
final class Triggers {
    private static final int LONGEST_KEY = 255;

    private final RunViews views;

    Triggers(RunViews views) {
        this.views = views;
    }

    static void checkKey(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw Problems.badParameter("Idempotency-Key", key, "Send 1 to 255 characters, or none.");
        }
    }

    Response response(String migrationId, Answer answer) {
        return switch (answer) {
            case Answer.Started it -> views.accepted(it.run());
            case Answer.Repeated it -> views.accepted(it.run());
            case Answer.Misused it -> throw Problems.misusedKey(it.run());
            case Answer.Busy it -> throw Problems.busy(it.run());
            case Answer.Unknown it -> throw Problems.unknown(migrationId, it.declared());
            case Answer.Malformed it -> throw Problems.malformed(migrationId, it.flaws());
            case Answer.Impossible it -> throw Problems.impossible(it.why());
        };
    }
}
