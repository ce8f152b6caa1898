package io.flywatch.alerts.adapter.rest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flywatch.alerts.Intake;
import io.flywatch.alerts.alert.Posted;
import io.flywatch.alerts.alert.Source;
import io.flywatch.kit.access.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * An Alertmanager's webhook receiver posts here. It has a path of its own: a request goes to the resource with the longest one, and is
 * answered 404 if that does not have the rest.
 */
@Path("/api/v1/alertmanager/webhook")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "alertmanager")
public class WebhookResource {

    private final Intake intake;

    WebhookResource(Intake intake) {
        this.intake = intake;
    }

    /** What an Alertmanager posts to a webhook. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Webhook(@Nullable List<Posted> alerts) {}

    /** An Alertmanager tells what fires and what is over. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "alertmanagerWebhook",
            summary = "What an Alertmanager's webhook receiver posts",
            description = "An alert that fires does so until the Alertmanager says that it is resolved.")
    @APIResponse(responseCode = "200", description = "All of them are stored")
    @APIResponse(responseCode = "400", description = "Something is wrong with some of them; the others are stored")
    @APIResponse(
            responseCode = "503",
            description = "Nothing was stored, as the database does not answer; send it again")
    public Response webhook(@Nullable Webhook body) {
        AlertResource.taken(intake, body == null ? null : body.alerts(), Source.PROMETHEUS, false);
        return Response.ok().build();
    }
}
