package io.flywatch.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that never come to a resource, and says why as all others do: the server itself would answer a bare status. So that
 * there is something to refuse, the server's own limit of the first line stands higher; what is beyond that one gets the bare 414, and an escape that is
 * no character ({@code %zz}) a bare 400, as Quarkus refuses that before its router.
 */
@Singleton
public final class EarlyRefusals {
    /** As many as RFC 9110 asks each server to take, and some. */
    static final int LONGEST_URI = 8_192;

    private static final int TOO_LARGE = 413;

    private final ObjectMapper json;
    private final long largestBody;

    EarlyRefusals(
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10M") MemorySize largestBody) {
        this.json = json;
        this.largestBody = largestBody.asLongValue();
    }

    void before(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::look);
        // How large a body is that comes in chunks is known when it has come: it is read here, before anybody else
        // would.
        BodyHandler reader = BodyHandler.create(false).setBodyLimit(largestBody);
        router.route()
                .order(Integer.MIN_VALUE + 1)
                .handler(context -> {
                    if (context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
                        reader.handle(context);
                    } else {
                        context.next();
                    }
                })
                .failureHandler(context -> {
                    if (context.statusCode() == TOO_LARGE) {
                        answer(context, tooLarge("has more than %,d bytes".formatted(largestBody)));
                    } else {
                        context.next();
                    }
                });
    }

    private void look(RoutingContext context) {
        HttpServerRequest request = context.request();
        refusal(request.uri().length(), length(request.getHeader(HttpHeaders.CONTENT_LENGTH)))
                .ifPresentOrElse(it -> answer(context, it), context::next);
    }

    Optional<Problem> refusal(int uri, long body) {
        if (uri > LONGEST_URI) {
            return Optional.of(Problem.of(
                    414,
                    "URI too long",
                    "The path and its parameters have %,d characters; %,d are taken.".formatted(uri, LONGEST_URI),
                    "Ask for less at once."));
        }
        return body > largestBody
                ? Optional.of(tooLarge("has %,d bytes; %,d are taken".formatted(body, largestBody)))
                : Optional.empty();
    }

    private static Problem tooLarge(String how) {
        return Problem.of(
                TOO_LARGE,
                "Body too large",
                "The body " + how + ".",
                "Send it in parts, or raise quarkus.http.limits.max-body-size of the service.");
    }

    /** What is no number is left to the server. */
    private static long length(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void answer(RoutingContext context, Problem problem) {
        try {
            // What is still to come of the request is not read.
            context.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .end(json.writeValueAsString(problem))
                    .onComplete(done -> context.request().connection().close());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
