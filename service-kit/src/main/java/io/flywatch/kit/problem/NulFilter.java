package io.flywatch.kit.problem;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses NUL in a path or its parameters: no id has one, and PostgreSQL takes it for an error of its own. */
@Singleton
public final class NulFilter {

    @ServerRequestFilter(preMatching = true)
    void refuse(ContainerRequestContext request) {
        if (request.getUriInfo().getRequestUri().toString().contains("%00")) {
            throw new ProblemException(Problem.of(
                    400,
                    "Malformed parameter",
                    "The path or a parameter has the character NUL (%00).",
                    "Send it without."));
        }
    }
}
