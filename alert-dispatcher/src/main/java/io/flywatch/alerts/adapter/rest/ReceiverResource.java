package io.flywatch.alerts.adapter.rest;

import io.flywatch.alerts.Receivers;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSource;
import io.flywatch.alerts.route.Decider;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Receivers, and a message to see that they work. */
@Path("/api/v1/receivers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "receivers")
public class ReceiverResource {

    private final Receivers receivers;
    private final Decider decider;
    private final Clock clock = Clock.systemUTC();

    ReceiverResource(Receivers receivers, Decider decider) {
        this.receivers = receivers;
        this.decider = decider;
    }

    /** All receivers there could be. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listReceivers", summary = "Receivers, whether they are configured, and what goes to them")
    public List<ReceiverView> list() {
        return receivers.sources().stream()
                .map(source -> new ReceiverView(
                        source.name(), source.missing().isEmpty(), source.missing(), severities(source.name())))
                .toList();
    }

    private List<String> severities(String receiver) {
        return Arrays.stream(Severity.values())
                .filter(severity -> decider.routes().routed(severity).contains(receiver))
                .map(severity -> severity.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Sends a test message, at once and once. */
    @POST
    @Path("/{name}/test")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "testReceiver",
            summary = "Send a test message",
            description =
                    "It is sent at once, is not tried again, and is not kept. At PagerDuty it triggers an incident, which the"
                            + " same call resolves.")
    public TestResult test(@PathParam("name") String name) {
        Receiver receiver = receivers.find(name).orElseThrow(() -> unknown(name));
        return switch (TestMessage.send(receiver, clock.instant())) {
            case Delivery.Delivered delivered -> new TestResult(name, "delivered", delivered.receipt());
            case Delivery.Retry retry -> new TestResult(name, "retry", retry.why());
            case Delivery.Refused refused -> new TestResult(name, "refused", refused.why());
        };
    }

    private ProblemException unknown(String name) {
        String known = receivers.sources().stream().map(ReceiverSource::name).collect(Collectors.joining(", "));
        return receivers.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .map(source -> new ProblemException(Problem.of(
                        409,
                        "Receiver not configured",
                        "The receiver '" + name + "' is not configured.",
                        "Set " + String.join(" and ", source.missing()) + ".")))
                .orElseGet(() -> new ProblemException(Problem.of(
                        404, "Unknown receiver", "There is no receiver '" + name + "'.", "There are " + known + ".")));
    }
}
