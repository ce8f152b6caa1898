package io.flywatch.alerts.adapter.rest;

import io.flywatch.alerts.DeclaredReceivers;
import io.flywatch.alerts.GuardedReceiver;
import io.flywatch.alerts.Policies;
import io.flywatch.alerts.Receivers;
import io.flywatch.alerts.SteadyClock;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.StoryAlert;
import io.flywatch.alerts.route.Route;
import io.flywatch.events.alert.NoticeKind;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Receivers, and a message to see that they work. */
@Path("/api/v1/receivers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "receivers")
public class ReceiverResource {

    private static final String NAME = "test_message";

    private final Receivers receivers;
    private final DeclaredReceivers declared;
    private final Policies policies;
    private final SteadyClock clock;

    ReceiverResource(Receivers receivers, DeclaredReceivers declared, Policies policies, SteadyClock clock) {
        this.receivers = receivers;
        this.declared = declared;
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * A receiver as REST shows it, without any of its secrets.
     *
     * @param configured whether it can be told
     * @param missing the configuration keys that it lacks
     * @param circuit {@code closed} if it is well, {@code open} if it is left alone for a while, {@code half_open} if it is being tried
     * @param routes the routes that lead to it
     */
    public record View(
            String name,
            String type,
            boolean configured,
            @Nullable String missing,
            @Nullable String fallback,
            String circuit,
            List<String> routes) {}

    /**
     * What became of a test message.
     *
     * @param outcome {@code delivered}, {@code retry} (it may work later) or {@code refused}
     * @param answer what the receiver answered
     */
    public record TestResult(String receiver, String outcome, String answer) {}

    /** All receivers. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listReceivers", summary = "Receivers, whether they are configured, and what goes to them")
    public List<View> list() {
        List<View> all = new ArrayList<>();
        receivers
                .all()
                .forEach(receiver -> all.add(new View(
                        receiver.name(),
                        receiver.spec().type(),
                        true,
                        null,
                        receiver.spec().fallback(),
                        receiver.circuit().name().toLowerCase(Locale.ROOT),
                        routes(receiver.name()))));
        declared.missingOf().forEach((name, missing) -> {
            if (missing != null && receivers.find(name).isEmpty()) {
                all.add(new View(name, name, false, missing, null, "closed", routes(name)));
            }
        });
        return all;
    }

    private List<String> routes(String receiver) {
        return policies.current().root().all().stream()
                .filter(route -> route.receivers().contains(receiver))
                .map(Route::path)
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
        GuardedReceiver receiver = receivers.find(name).orElseThrow(() -> unknown(name));
        Delivery firing = receiver.send(notice(name, NoticeKind.FIRING));
        Delivery last = firing instanceof Delivered ? receiver.send(notice(name, NoticeKind.RESOLVED)) : firing;
        return switch (last) {
            case Delivered delivered -> new TestResult(name, "delivered", delivered.receipt());
            case Delivery.Retry retry -> new TestResult(name, "retry", retry.why());
            case Delivery.Refused refused -> new TestResult(name, "refused", refused.why());
        };
    }

    private Notice notice(String receiver, NoticeKind kind) {
        Instant now = clock.instant();
        Labels labels = Labels.of(NAME, "test", "test");
        boolean over = kind == NoticeKind.RESOLVED;
        StoryAlert alert = new StoryAlert(
                labels.fingerprint(),
                NAME,
                "test",
                null,
                labels.values(),
                Severity.INFO,
                now,
                over ? now : null,
                "test-" + now.toEpochMilli(),
                "This is a test message from Flywatch; nothing is the matter",
                null,
                null,
                null,
                Map.of());
        Story story = new Story(
                kind,
                labels.fingerprint(),
                labels.values(),
                List.of(alert),
                over ? 0 : 1,
                over ? 1 : 0,
                now,
                "somebody asked for a test",
                true);
        return new Notice(over ? 2 : 1, receiver, story, now, null, 1, null);
    }

    private ProblemException unknown(String name) {
        String missing = declared.missingOf().get(name);
        if (missing != null) {
            return new ProblemException(Problem.of(
                    409,
                    "Receiver not configured",
                    "The receiver '" + name + "' is not configured.",
                    "Set " + missing + "."));
        }
        String known = list().stream().map(View::name).collect(Collectors.joining(", "));
        return new ProblemException(Problem.of(
                404, "Unknown receiver", "There is no receiver '" + name + "'.", "There are " + known + "."));
    }
}
