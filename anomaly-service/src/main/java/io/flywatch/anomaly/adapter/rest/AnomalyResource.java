package io.flywatch.anomaly.adapter.rest;

import io.flywatch.anomaly.RuleBook;
import io.flywatch.anomaly.Watchtower;
import io.flywatch.anomaly.adapter.prometheus.Poller;
import io.flywatch.anomaly.detect.Board;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Anomalies, and the rules that find them. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "anomalies")
public class AnomalyResource {

    private static final int MOST = 1000;
    private static final int USUAL = 100;

    private final Watchtower watchtower;
    private final RuleBook rules;
    private final Poller poller;

    AnomalyResource(Watchtower watchtower, RuleBook rules, Poller poller) {
        this.watchtower = watchtower;
        this.rules = rules;
        this.poller = poller;
    }

    /** Open ones first, the newest first among them; then those that closed. */
    @GET
    @Path("/anomalies")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "listAnomalies",
            summary = "Open episodes first, then closed ones, newest first",
            description = "The history is bounded by flywatch.rules.history.")
    public List<AnomalyView> anomalies(
            @Parameter(description = "Only of this migration") @QueryParam("migration") @Nullable String migration,
            @Parameter(description = "Only those that are open or closed") @QueryParam("state") @Nullable String state,
            @Parameter(description = "At most so many, 1 to 1000; 100 if left out") @QueryParam("limit") @Nullable
                    Integer limit) {
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw new ProblemException(Problem.of(
                    400, "Limit out of range", "limit is " + limit + ".", "Ask for 1 to " + MOST + " anomalies."));
        }
        if (state != null && !state.equals("open") && !state.equals("closed")) {
            throw new ProblemException(Problem.of(
                    400, "Unknown state", "There is no state '" + state + "'.", "Ask for 'open' or 'closed'."));
        }
        return all(watchtower.board())
                .filter(view -> migration == null || migration.equals(view.migrationId()))
                .filter(view -> state == null || state.equals(view.state()))
                .limit(limit == null ? USUAL : limit)
                .toList();
    }

    private static Stream<AnomalyView> all(Board board) {
        Stream<AnomalyView> open = board.migrations().entrySet().stream()
                .flatMap(of -> of.getValue().open().stream().map(episode -> AnomalyView.open(of.getKey(), episode)))
                .sorted(Comparator.comparing(AnomalyView::since).reversed());
        return Stream.concat(open, board.closed().stream().map(AnomalyView::closed));
    }

    /** The rules with their thresholds. */
    @GET
    @Path("/rules")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listRules", summary = "The rules and the thresholds in force")
    public List<RuleView> rules() {
        return RuleView.of(rules.state().config());
    }

    /** The file of rules: whether it is in force, and what is wrong with it if it is not. */
    @GET
    @Path("/rules/file")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "showRulesFile",
            summary =
                    "How the file of rules stands: its flaws, its own rules, what Prometheus is asked for, maintenance")
    public RulesFileView rulesFile() {
        return RulesFileView.of(rules.state(), poller.troubles());
    }
}
