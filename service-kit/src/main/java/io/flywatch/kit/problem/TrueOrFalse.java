package io.flywatch.kit.problem;

import jakarta.inject.Singleton;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Parameter;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses parameters that are to be true or false and are neither: JAX-RS takes {@code force=maybe} for false, and {@code ?dryRun}
 * without a value too, and says nothing.
 */
@Singleton
public final class TrueOrFalse {

    @ServerRequestFilter
    void refuse(ResourceInfo resource, ContainerRequestContext request) {
        for (Parameter parameter : resource.getResourceMethod().getParameters()) {
            QueryParam name = parameter.getAnnotation(QueryParam.class);
            if (name != null && (parameter.getType() == boolean.class || parameter.getType() == Boolean.class)) {
                request.getUriInfo()
                        .getQueryParameters()
                        .getOrDefault(name.value(), List.of())
                        .forEach(value -> check(name.value(), value));
            }
        }
    }

    static void check(String name, String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new ProblemException(Problem.of(
                    400,
                    "Malformed parameter",
                    "The parameter %s is '%s' and has to be true or false.".formatted(name, JsonFaults.shown(value)),
                    "Write %s=true or %1$s=false, or leave it out.".formatted(name)));
        }
    }
}
