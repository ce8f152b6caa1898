package io.flywatch.alerts.adapter.rest;

import io.flywatch.alerts.Hands;
import io.flywatch.alerts.Intake;
import io.flywatch.alerts.Policies;
import io.flywatch.alerts.SteadyClock;
import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.Database;
import io.flywatch.alerts.adapter.jdbc.SilenceTable;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.AlertState;
import io.flywatch.alerts.alert.Posted;
import io.flywatch.alerts.alert.Source;
import io.flywatch.alerts.match.Matcher;
import io.flywatch.alerts.silence.Silence;
import io.flywatch.kit.access.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What Prometheus and amtool ask an Alertmanager for, so that they can be pointed here unchanged. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "alertmanager")
public class AlertmanagerResource {

    private static final int MOST = 10_000;

    private final Intake intake;
    private final Hands hands;
    private final Database database;
    private final Policies policies;
    private final SteadyClock clock;
    private final Instant startedAt;

    AlertmanagerResource(Intake intake, Hands hands, Database database, Policies policies, SteadyClock clock) {
        this.intake = intake;
        this.hands = hands;
        this.database = database;
        this.policies = policies;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** Alerts of Prometheus. */
    @POST
    @Path("/api/v2/alerts")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "postAlertsV2",
            summary = "Alertmanager's way to post alerts: Prometheus can send here unchanged")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "example", value = Problems.ALERTS)))
    @APIResponse(responseCode = "200", description = "All of them are stored")
    @APIResponse(responseCode = "400", description = "Something is wrong with some of them; the others are stored")
    @APIResponse(
            responseCode = "503",
            description = "Nothing was stored, as the database does not answer; send it again")
    public Response post(@Nullable List<Posted> posted) {
        AlertResource.taken(intake, posted, Source.PROMETHEUS, true);
        return Response.ok().build();
    }

    /** Alerts as Alertmanager shows them. */
    @GET
    @Path("/api/v2/alerts")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listAlertsV2", summary = "Alerts that fire, as Alertmanager shows them")
    public List<AmView.AmAlert> alerts(
            @Parameter(description = "Only those that fulfil this matcher; may come several times")
                    @QueryParam("filter")
                    List<String> filters,
            @QueryParam("active") @DefaultValue("true") boolean active,
            @QueryParam("silenced") @DefaultValue("true") boolean silenced,
            @QueryParam("inhibited") @DefaultValue("true") boolean inhibited,
            @Parameter(description = "Only those that go to receivers of such a name, a regular expression")
                    @QueryParam("receiver")
                    @DefaultValue("")
                    String receiver) {
        Instant now = clock.instant();
        return List.copyOf(shown(AmView.Wanted.of(filters, active, silenced, inhibited, receiver), now)
                .values());
    }

    /** Alerts in their groups. */
    @GET
    @Path("/api/v2/alerts/groups")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "listAlertGroupsV2",
            summary = "Alerts that fire, by the groups in which receivers are told of them, as Alertmanager shows them")
    public List<AmView.AmGroup> groups(
            @Parameter(description = "Only alerts that fulfil this matcher; may come several times")
                    @QueryParam("filter")
                    List<String> filters,
            @QueryParam("active") @DefaultValue("true") boolean active,
            @QueryParam("silenced") @DefaultValue("true") boolean silenced,
            @QueryParam("inhibited") @DefaultValue("true") boolean inhibited,
            @Parameter(description = "Only groups of receivers of such a name, a regular expression")
                    @QueryParam("receiver")
                    @DefaultValue("")
                    String receiver) {
        Instant now = clock.instant();
        AmView.Wanted wanted = AmView.Wanted.of(filters, active, silenced, inhibited, receiver);
        return AmView.groups(shown(wanted, now), policies.current(), now).stream()
                .filter(group -> wanted.isOf(group.receiver()))
                .toList();
    }

    private Map<Alert, AmView.AmAlert> shown(AmView.Wanted wanted, Instant now) {
        return database.transact(sql -> {
            List<Silence> silences = SilenceTable.open(sql, now);
            List<Alert> sources = AlertTable.sources(sql);
            Map<Alert, AmView.AmAlert> shown = new LinkedHashMap<>();
            for (Alert alert : AlertTable.list(sql, AlertState.FIRING, null, MOST)) {
                AmView.AmAlert view = AmView.of(alert, silences, sources, policies.current(), now);
                if (wanted.has(view)) {
                    shown.put(alert, view);
                }
            }
            return shown;
        });
    }

    /** Silences as Alertmanager shows them. */
    @GET
    @Path("/api/v2/silences")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listSilencesV2", summary = "Silences as Alertmanager shows them")
    public List<AmView.AmSilence> silences(
            @Parameter(description = "Only those about what fulfils this matcher; may come several times")
                    @QueryParam("filter")
                    List<String> filters) {
        Instant now = clock.instant();
        List<Matcher> wanted = AmView.Wanted.of(filters, true, true, true, "").matchers();
        return database.transact(sql -> SilenceTable.all(sql, Problems.MOST)).stream()
                .filter(silence -> AmView.isAbout(silence, wanted))
                .map(silence -> AmView.of(silence, now))
                .toList();
    }

    /** Makes or changes a silence, as amtool does. */
    @POST
    @Path("/api/v2/silences")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "silenceV2", summary = "Make a silence, in Alertmanager's form")
    public Map<String, String> silence(AmView.@Nullable AmSilence posted) {
        Instant now = clock.instant();
        if (posted == null) {
            throw Problems.bad("No silence", "The body is empty.", "Send a silence.");
        }
        Silence silence =
                SilenceResource.checked(posted.wanted(), UUID.randomUUID().toString(), now);
        // Only now: a silence that can't be changed like that stays as it is.
        return Map.of(
                "silenceID", hands.silence(changed(posted.id(), silence, now)).id());
    }

    /** One that is about the same keeps its id; any other takes the place of the one before, which ends. */
    private Silence changed(@Nullable String id, Silence silence, Instant now) {
        if (id == null || id.isEmpty()) {
            return silence;
        }
        String clean = SilenceResource.clean(id, "id");
        Silence before = database.transact(sql -> SilenceTable.lock(sql, clean))
                .orElseThrow(() -> SilenceResource.unknown(clean));
        if (before.mayBecome(silence, now)) {
            return before.changed(silence, now);
        }
        hands.expire(clean);
        return silence;
    }

    /** One silence. */
    @GET
    @Path("/api/v2/silence/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getSilenceV2", summary = "One silence in Alertmanager's form")
    public AmView.AmSilence silence(@PathParam("id") String id) {
        return database.transact(sql -> SilenceTable.lock(sql, id))
                .map(silence -> AmView.of(silence, clock.instant()))
                .orElseThrow(() -> SilenceResource.unknown(id));
    }

    /** Ends a silence. */
    @DELETE
    @Path("/api/v2/silence/{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "expireSilenceV2", summary = "End a silence, as amtool does")
    public Response expire(@PathParam("id") String id) {
        if (hands.expire(id).isEmpty()) {
            throw SilenceResource.unknown(id);
        }
        return Response.ok().build();
    }

    /** What amtool shows of the configuration. */
    @GET
    @Path("/api/v2/status")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "statusV2", summary = "The status in Alertmanager's form")
    public Map<String, Object> status() {
        return Map.of(
                "cluster",
                Map.of("status", "disabled", "peers", List.of()),
                "config",
                Map.of("original", "# GET /api/v1/policy shows the policy of this service\n"),
                "uptime",
                startedAt,
                "versionInfo",
                Map.of(
                        "version",
                        "flywatch",
                        "revision",
                        "",
                        "branch",
                        "",
                        "buildUser",
                        "",
                        "buildDate",
                        "",
                        "goVersion",
                        ""));
    }

    /** Receivers as Alertmanager shows them. */
    @GET
    @Path("/api/v2/receivers")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listReceiversV2", summary = "Receivers in Alertmanager's form")
    public List<Map<String, String>> receivers() {
        return policies.current().receivers().keySet().stream()
                .map(name -> Map.of("name", name))
                .toList();
    }

    /** Whether it lives. */
    @GET
    @Path("/-/healthy")
    @jakarta.annotation.security.PermitAll
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(operationId = "healthy", summary = "Whether the process lives; /q/health/live says the same")
    public String healthy() {
        return "OK";
    }

    /** Whether alerts can be stored. */
    @GET
    @Path("/-/ready")
    @jakarta.annotation.security.PermitAll
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(operationId = "ready", summary = "Whether alerts can be stored; /q/health/ready says more")
    public Response ready() {
        try {
            database.transact(sql -> SilenceTable.open(sql, clock.instant()));
            return Response.ok("OK").build();
        } catch (RuntimeException e) {
            return Response.status(503).entity("the database does not answer").build();
        }
    }
}
