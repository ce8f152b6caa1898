package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Gates;
import io.flywatch.runner.Runs;
import io.flywatch.runner.gate.Gate;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Migration;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whether one may go on. */
@Path("/api/v1/migrations/{id}/gate")
@Singleton
@RolesAllowed(Roles.VIEWER)
@Tag(name = "gate", description = "Whether the CI job may go on, or one may cut over.")
public final class GateResource {
    private static final int OPEN = 200;
    private static final int CLOSED = 409;

    private final Gates gates;
    private final Runs runs;

    GateResource(Gates gates, Runs runs) {
        this.gates = gates;
        this.runs = runs;
    }

    /** The answer. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Open or closed, with every reason",
            description = "What is not known keeps the gate closed. The answer is good until validUntil.")
    @APIResponse(
            responseCode = "200",
            description = "Open",
            content = @Content(schema = @Schema(implementation = Gate.class)))
    @APIResponse(
            responseCode = "409",
            description = "Closed",
            content = @Content(schema = @Schema(implementation = Gate.class)))
    public Response judge(
            @PathParam("id") String id,
            @Parameter(description = "The most staleness that is allowed, as an ISO 8601 duration")
                    @QueryParam("max-lag")
                    @DefaultValue("PT1M")
                    String maxLag) {
        Gate gate = gate(id, maxLag);
        return Response.status(gate.open() ? OPEN : CLOSED).entity(gate).build();
    }

    /** The answer, for a terminal. */
    @GET
    @Produces("text/plain;qs=0.5")
    @Operation(hidden = true)
    public Response judgeText(@PathParam("id") String id, @QueryParam("max-lag") @DefaultValue("PT1M") String maxLag) {
        Gate gate = gate(id, maxLag);
        return Response.status(gate.open() ? OPEN : CLOSED)
                .entity(Texts.gate(gate))
                .build();
    }

    private Gate gate(String id, String maxLag) {
        Declarations declarations = runs.declarations();
        Migration migration = declarations
                .find(id)
                .map(Declarations.Declared::migration)
                .orElseThrow(() -> Problems.missing(id, declarations));
        return gates.judge(migration, duration(maxLag));
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // told below, as a negative one
        }
        throw Problems.badParameter("max-lag", text, "Write an ISO 8601 duration, e.g. PT1M or PT30S.");
    }
}
