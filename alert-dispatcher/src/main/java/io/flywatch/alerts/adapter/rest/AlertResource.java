package io.flywatch.alerts.adapter.rest;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import io.flywatch.alerts.Hands;
import io.flywatch.alerts.Intake;
import io.flywatch.alerts.Intake.NotStoredException;
import io.flywatch.alerts.Intake.Taken;
import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.Database;
import io.flywatch.alerts.adapter.jdbc.Journal;
import io.flywatch.alerts.adapter.jdbc.Journal.DecisionView;
import io.flywatch.alerts.adapter.jdbc.Journal.NoticeView;
import io.flywatch.alerts.alert.AlertState;
import io.flywatch.alerts.alert.Change;
import io.flywatch.alerts.alert.Posted;
import io.flywatch.alerts.alert.Source;
import io.flywatch.alerts.notice.NoticeState;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.Strict;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Alerts, what was decided about them and what was told. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "alerts")
public class AlertResource {

    private final Database database;
    private final Intake intake;
    private final Hands hands;

    AlertResource(Database database, Intake intake, Hands hands) {
        this.database = database;
        this.intake = intake;
        this.hands = hands;
    }

    /** Alerts to be posted: a list, or one alone. */
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
    public static final class Many extends java.util.ArrayList<Posted> {
        private static final long serialVersionUID = 1L;
    }

    /**
     * What became of a posted alert.
     *
     * @param outcome {@code fired}, {@code refreshed}, {@code resolved} or {@code unchanged}
     * @param why why nothing changed
     */
    public record Accepted(
            String fingerprint, String outcome, @Nullable String why) {
        static Accepted of(String fingerprint, Change change) {
            return switch (change) {
                case Change.Fired fired -> new Accepted(fingerprint, "fired", null);
                case Change.Refreshed refreshed -> new Accepted(fingerprint, "refreshed", null);
                case Change.Ended ended -> new Accepted(fingerprint, "resolved", null);
                case Change.None(String why) -> new Accepted(fingerprint, "unchanged", why);
            };
        }
    }

    /**
     * Somebody is on it.
     *
     * @param by who
     * @param comment what they say; may be left out
     */
    @Strict
    public record Taking(@Nullable String by, @Nullable String comment) {}

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
        return database.transact(sql -> AlertTable.list(sql, state(state), migration, Problems.limit(limit))).stream()
                .map(AlertView::of)
                .toList();
    }

    /** Posts alerts. */
    @POST
    @Path("/alerts")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "postAlerts",
            summary = "Post alerts: a list, or one alone",
            description =
                    "Each has labels, which are its identity, and may have annotations, startsAt, endsAt and generatorURL. It is stored"
                            + " when the answer comes. The same again changes nothing. Without endsAt it counts as over after"
                            + " flywatch.intake.resolve-timeout if it is not posted again.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "example", value = Problems.ALERTS)))
    @APIResponse(responseCode = "200", description = "All of them are stored; what each changed")
    @APIResponse(responseCode = "400", description = "Something is wrong with some of them; the others are stored")
    @APIResponse(
            responseCode = "503",
            description = "Nothing was stored, as the database does not answer; send it again")
    public List<Accepted> post(@Nullable Many posted) {
        Taken taken = taken(intake, posted, Source.API, true);
        return taken.changes().entrySet().stream()
                .map(entry -> Accepted.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Stores what is good, and says what is wrong with the rest. */
    static Taken taken(Intake intake, @Nullable List<Posted> posted, Source source, boolean expires) {
        if (posted == null || posted.stream().anyMatch(alert -> alert == null)) {
            throw Problems.bad(
                    "No alerts", "The body is no list of alerts.", "Send [{\"labels\": {\"alertname\": \"…\"}}].");
        }
        if (posted.size() > intake.most()) {
            throw Problems.bad(
                    "Too many alerts",
                    "There are " + posted.size() + " alerts.",
                    "Send at most " + intake.most() + " at once.");
        }
        try {
            Taken taken = intake.take(posted, source, expires);
            if (!taken.flaws().isEmpty()) {
                String flaws = taken.flaws().entrySet().stream()
                        .limit(10)
                        .map(entry -> "alert " + entry.getKey() + ": " + String.join(", ", entry.getValue()))
                        .collect(Collectors.joining("; "));
                throw Problems.bad(
                        "Wrong alerts",
                        taken.flaws().size() + " of " + posted.size() + " were not taken: " + flaws + ".",
                        "Mend them and send them again; the others are stored.");
            }
            return taken;
        } catch (NotStoredException e) {
            throw Problems.notStored(e);
        }
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
        return database.transact(sql -> AlertTable.find(sql, fingerprint)
                .map(alert -> AlertView.of(
                        alert,
                        Journal.decisions(sql, fingerprint, Problems.USUAL),
                        Journal.notices(sql, fingerprint, null, null, Problems.USUAL)))
                .orElseThrow(() -> Problems.unknownAlert(fingerprint)));
    }

    /** Why somebody was told, or nobody. */
    @GET
    @Path("/alerts/{fingerprint}/decisions")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getDecisions", summary = "Why somebody was told of an alert, or nobody, the newest first")
    public List<DecisionView> decisions(
            @PathParam("fingerprint") String fingerprint, @QueryParam("limit") @Nullable Integer limit) {
        return database.transact(sql -> {
            if (AlertTable.find(sql, fingerprint).isEmpty()) {
                throw Problems.unknownAlert(fingerprint);
            }
            return Journal.decisions(sql, fingerprint, Problems.limit(limit));
        });
    }

    /** Acknowledges. */
    @POST
    @Path("/alerts/{fingerprint}/acknowledge")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "acknowledge",
            summary = "Say that somebody is on it, until it is over",
            description = "It is not repeated and not escalated any more; those who were told of it hear who is on it.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "example", value = Problems.TAKING)))
    @APIResponse(responseCode = "200", description = "The alert, with who is on it")
    @APIResponse(responseCode = "400", description = "It does not fire, or nobody is named")
    @APIResponse(responseCode = "404", description = "There is no such alert")
    public AlertView acknowledge(@PathParam("fingerprint") String fingerprint, @Nullable Taking taking) {
        String by = taking == null || taking.by() == null ? "" : taking.by().strip();
        String comment = taking == null || taking.comment() == null ? "" : taking.comment();
        if (by.isEmpty() || by.length() > 200 || comment.length() > 2000 || (by + comment).indexOf('\0') >= 0) {
            throw Problems.bad("Who is on it?", "'by' is missing, or too long.", "Send {\"by\": \"your name\"}.");
        }
        return hands.acknowledge(fingerprint, by, comment).map(AlertView::of).orElseThrow(() -> firesNot(fingerprint));
    }

    /** Withdraws an acknowledgement. */
    @DELETE
    @Path("/alerts/{fingerprint}/acknowledge")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "withdrawAcknowledgement", summary = "Say that nobody is on it any more")
    public AlertView withdraw(@PathParam("fingerprint") String fingerprint) {
        return hands.withdraw(fingerprint).map(AlertView::of).orElseThrow(() -> firesNot(fingerprint));
    }

    private RuntimeException firesNot(String fingerprint) {
        boolean known =
                database.transact(sql -> AlertTable.find(sql, fingerprint)).isPresent();
        return known
                ? Problems.bad(
                        "Nothing to do",
                        "The alert does not fire, or nobody is on it.",
                        "See GET /api/v1/alerts/" + fingerprint + ".")
                : Problems.unknownAlert(fingerprint);
    }

    /** Notices. */
    @GET
    @Path("/notices")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listNotices", summary = "Notices, the newest first, with what became of them")
    public List<NoticeView> notices(
            @Parameter(description = "Only about this alert") @QueryParam("alert") @Nullable String fingerprint,
            @Parameter(description = "Only to this receiver") @QueryParam("receiver") @Nullable String receiver,
            @Parameter(description = "queued, sending, delivered, refused or dropped") @QueryParam("state") @Nullable
                    String state,
            @Parameter(description = "At most so many, 1 to 1000; 100 if left out") @QueryParam("limit") @Nullable
                    Integer limit) {
        String known = state == null ? null : noticeState(state);
        return database.transact(sql -> Journal.notices(sql, fingerprint, receiver, known, Problems.limit(limit)));
    }

    private static String noticeState(String state) {
        return Arrays.stream(NoticeState.values())
                .map(NoticeState::name)
                .filter(name -> name.toLowerCase(Locale.ROOT).equals(state))
                .findFirst()
                .orElseThrow(() -> Problems.bad(
                        "Unknown state",
                        "There is no state '" + state + "'.",
                        "Ask for queued, sending, delivered, refused or dropped."));
    }

    static @Nullable AlertState state(@Nullable String state) {
        return switch (state) {
            case null -> null;
            case "firing" -> AlertState.FIRING;
            case "resolved" -> AlertState.RESOLVED;
            default ->
                throw Problems.bad(
                        "Unknown state", "There is no state '" + state + "'.", "Ask for 'firing' or 'resolved'.");
        };
    }
}
