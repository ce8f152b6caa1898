package io.flywatch.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns whatever ends a request into a problem; what nobody expected is logged once and told without its inside. */
@Singleton
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final ObjectMapper json;

    ProblemMappers(ObjectMapper json) {
        this.json = json;
    }

    @ServerExceptionMapper
    Response known(ProblemException e) {
        return answer(e.problem());
    }

    @ServerExceptionMapper
    Response badJson(MismatchedInputException e) {
        return answer(malformed(e));
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException e) {
        return answer(Problem.of(
                401,
                "Who are you?",
                "This request proves no identity.",
                "Call from the machine itself while flywatch.access.open-on-loopback is true."));
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return answer(
                Problem.of(403, "Not allowed", "Your roles do not allow this.", "Ask for the role that it needs."));
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        if (jsonFault(e) instanceof JsonProcessingException fault) {
            return answer(malformed(fault));
        }
        Response given = e.getResponse();
        int status = given.getStatus();
        if (status == 404 && e.getCause() != null) {
            return answer(unreadable(e.getCause()));
        }
        if (status < 400) {
            return given;
        }
        String reason = given.getStatusInfo().getReasonPhrase();
        return answer(Problem.of(status, reason, orElse(e.getMessage(), reason), remedy(status)));
    }

    @ServerExceptionMapper
    Response unexpected(Exception e) {
        LOG.warn("request failed", e);
        return answer(Problem.of(
                500,
                "Internal error",
                "The request failed for a reason that is in the log.",
                "See the service's log."));
    }

    private static Problem malformed(JsonProcessingException e) {
        return Problem.of(
                400,
                "Malformed JSON",
                "The body is not understood: " + JsonFaults.told(e) + ".",
                "Mend the request's body and send it again.");
    }

    /** A parameter that is none of its kind is told as a path that is not there, by JAX-RS. */
    private static Problem unreadable(Throwable why) {
        Matcher quoted = QUOTED.matcher(String.valueOf(why.getMessage()));
        return Problem.of(
                400,
                "Malformed parameter",
                quoted.find()
                        ? "'" + JsonFaults.shown(quoted.group(1)) + "' is not allowed for its parameter."
                        : "A parameter is not understood.",
                "The parameters of each path, and what they may be, are listed at /q/openapi.");
    }

    private static @Nullable Throwable jsonFault(Throwable e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof JsonProcessingException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String orElse(@Nullable String message, String other) {
        return message == null ? other : message;
    }

    private static String remedy(int status) {
        return switch (status) {
            case 404 -> "The paths are listed at /q/openapi.";
            case 405 -> "The methods of each path are listed at /q/openapi.";
            case 415 -> "Send Content-Type: application/json.";
            case 406 -> "Accept application/json.";
            default -> "See /q/openapi for what is expected.";
        };
    }

    private Response answer(Problem problem) {
        try {
            return Response.status(problem.status())
                    .type(Problem.MEDIA_TYPE)
                    .entity(json.writeValueAsString(problem))
                    .build();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
