package io.flywatch.alerts.adapter.rest;

import io.flywatch.alerts.adapter.jdbc.AlertReader;
import io.flywatch.alerts.adapter.jdbc.NoticeView;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.AlertState;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Alerts and notices. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "alerts")
public class AlertResource {

    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final AlertReader reader;

    AlertResource(AlertReader reader) {
        this.reader = reader;
    }

    /** Alerts. */
    @GET
    @Path("/alerts")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listAlerts", summary = "Alerts, firing ones first, then the newest")
    public List<AlertView> alerts(
            @Parameter(description = "firing or resolved") @QueryParam("state") @Nullable String state,
            @Parameter(description = "Only of this migration") @QueryParam("migration") @Nullable String migration,
            @Parameter(description = "At most so many, 1 to 1000; 100 if left out") @QueryParam("limit") @Nullable
                    Integer limit) {
        return reader.alerts(state(state), migration, checked(limit)).stream()
                .map(AlertView::of)
                .toList();
    }

    /** One alert, with what was decided about it and what was told. */
    @GET
    @Path("/alerts/{fingerprint}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "getAlert",
            summary = "An alert with every decision about it and every notice",
            description = "Answers why somebody was told of it, or nobody was.")
    public AlertView alert(@PathParam("fingerprint") String fingerprint) {
        Alert alert = reader.alert(fingerprint)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404,
                        "Unknown alert",
                        "There is no alert with the fingerprint '" + fingerprint + "'.",
                        "GET /api/v1/alerts lists those there are.")));
        return AlertView.of(alert, reader.decisions(fingerprint, USUAL), reader.notices(fingerprint, null, USUAL));
    }

    /** Notices. */
    @GET
    @Path("/notices")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listNotices", summary = "Notices, the newest first, with what became of them")
    public List<NoticeView> notices(
            @Parameter(description = "Only about this alert") @QueryParam("alert") @Nullable String fingerprint,
            @Parameter(description = "Only to this receiver") @QueryParam("receiver") @Nullable String receiver,
            @Parameter(description = "At most so many, 1 to 1000; 100 if left out") @QueryParam("limit") @Nullable
                    Integer limit) {
        return reader.notices(fingerprint, receiver, checked(limit));
    }

    private static @Nullable AlertState state(@Nullable String state) {
        return switch (state) {
            case null -> null;
            case "firing" -> AlertState.FIRING;
            case "resolved" -> AlertState.RESOLVED;
            default ->
                throw new ProblemException(Problem.of(
                        400, "Unknown state", "There is no state '" + state + "'.", "Ask for 'firing' or 'resolved'."));
        };
    }

    private static int checked(@Nullable Integer limit) {
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw new ProblemException(
                    Problem.of(400, "Limit out of range", "limit is " + limit + ".", "Ask for 1 to " + MOST + "."));
        }
        return limit == null ? USUAL : limit;
    }
}
