package io.flywatch.alerts.adapter.rest;

import io.flywatch.alerts.Intake;
import io.flywatch.alerts.Policies;
import io.flywatch.alerts.PolicyLoader;
import io.flywatch.alerts.Preview;
import io.flywatch.alerts.Timekeeper;
import io.flywatch.alerts.alert.Posted;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.match.Matcher;
import io.flywatch.alerts.route.Route;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The policy: what holds, what is wrong with what should, and what would happen to an alert. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "policy")
public class PolicyResource {

    private final Policies policies;
    private final PolicyLoader loader;
    private final Timekeeper timekeeper;
    private final Intake intake;
    private final Preview preview;

    PolicyResource(Policies policies, PolicyLoader loader, Timekeeper timekeeper, Intake intake, Preview preview) {
        this.policies = policies;
        this.loader = loader;
        this.timekeeper = timekeeper;
        this.intake = intake;
        this.preview = preview;
    }

    /** A route as REST shows it. */
    public record RouteView(
            String path,
            List<String> matchers,
            List<String> receivers,
            List<String> groupBy,
            String hold,
            String interval,
            String repeat,
            List<String> muteTimes,
            @Nullable String escalation,
            boolean goesOn) {
        static RouteView of(Route route) {
            return new RouteView(
                    route.path(),
                    route.matchers().stream().map(Matcher::toString).toList(),
                    route.receivers(),
                    route.groupBy(),
                    route.hold().toString(),
                    route.interval().toString(),
                    route.repeat().toString(),
                    route.mutes(),
                    route.escalation(),
                    route.goOn());
        }
    }

    /**
     * The policy as REST shows it.
     *
     * @param status where it comes from, and what is wrong with the newest file; empty flaws if it is the one that holds
     * @param inhibitions the names of the inhibitions
     */
    public record View(Policies.Status status, List<RouteView> routes, List<String> inhibitions) {}

    /** What holds. */
    @GET
    @Path("/policy")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getPolicy", summary = "The policy that holds, and what is wrong with the newest file")
    public View policy() {
        var policy = policies.current();
        return new View(
                policies.status(),
                policy.root().all().stream().map(RouteView::of).toList(),
                policy.inhibitions().stream().map(rule -> rule.name()).toList());
    }

    /** Loads the file now. */
    @POST
    @Path("/policy/reload")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "reloadPolicy",
            summary = "Load the policy's file now; if it is wrong, the one before holds")
    public View reload() {
        if (loader.reload(true)) {
            timekeeper.policyChanged();
        }
        if (!policies.status().flaws().isEmpty()) {
            throw new ProblemException(Problem.of(
                    422,
                    "The policy is wrong",
                    String.join("; ", policies.status().flaws()),
                    "Mend the file; the policy before holds until then."));
        }
        return policy();
    }

    /** What would happen. */
    @POST
    @Path("/preview")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "preview",
            summary = "What would happen to an alert if it came now",
            description =
                    "Nothing is kept and nobody is told. Each route's decision comes with its reason and with the messages.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "example", value = Problems.ALERT)))
    @APIResponse(responseCode = "200", description = "Route by route, what would be decided and sent")
    @APIResponse(responseCode = "400", description = "Something is wrong with the alert")
    public List<Preview.Step> preview(@Nullable Posted posted) {
        List<String> flaws = new ArrayList<>();
        Report report = posted == null ? null : intake.read(posted, flaws);
        if (report == null) {
            throw Problems.bad(
                    "No alert",
                    flaws.isEmpty() ? "The body is empty." : String.join(", ", flaws) + ".",
                    "Send {\"labels\": {\"alertname\": \"…\"}}.");
        }
        return preview.of(report);
    }
}
