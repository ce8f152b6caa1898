package io.flywatch.anomaly.adapter.rest;

import io.flywatch.anomaly.Watchtower;
import io.flywatch.anomaly.adapter.kafka.Archive;
import io.flywatch.anomaly.detect.Rehearsal;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The series, what is expected of them, and what would have been told of the past. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class SeriesResource {

    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private final Watchtower watchtower;
    private final Archive archive;
    private final Clock clock = Clock.systemUTC();

    SeriesResource(Watchtower watchtower, Archive archive) {
        this.watchtower = watchtower;
        this.archive = archive;
    }

    /** The newest point of each series. */
    @GET
    @Path("/series")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "listSeries",
            summary = "Each series with its newest point, what was expected, and how unusual it is")
    public List<SeriesView> series(
            @Parameter(description = "Only of this migration") @QueryParam("migration") @Nullable String migration) {
        return watchtower.board().migrations().entrySet().stream()
                .filter(of -> migration == null || migration.equals(of.getKey()))
                .flatMap(of -> of.getValue().series().values().stream().map(seen -> SeriesView.of(of.getKey(), seen)))
                .sorted(Comparator.comparing(SeriesView::id))
                .toList();
    }

    /** The points of one series over a stretch of time, read again from the topics. */
    @GET
    @Path("/series/{migration}/{series:.+}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "getSeries",
            summary = "A series over time, with expected values and bands, for a plot",
            description =
                    "Read again from the topics, at most 24 hours; the last 10 minutes if from and to are left out.")
    public List<SeriesView> points(
            @PathParam("migration") String migration,
            @PathParam("series") String series,
            @Parameter(description = "RFC 3339") @QueryParam("from") @Nullable String from,
            @Parameter(description = "RFC 3339; now if left out") @QueryParam("to") @Nullable String to) {
        Instant end = time("to", to, clock.instant());
        Instant begin = time("from", from, end.minus(USUAL));
        List<FlywatchEvent> events = read(begin, end, migration::equals);
        List<SeriesView> points = new Rehearsal(watchtower.settings())
                .series(events, begin, migration, series).stream()
                        .map(seen -> SeriesView.of(migration, seen))
                        .toList();
        if (points.isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                            404,
                            "No points",
                            "Of series '" + series + "' of migration '" + migration + "' there are no points from "
                                    + begin + " to " + end + ".",
                            "GET /api/v1/series lists the series there are; the topics' retention says how far back they reach."));
        }
        return points;
    }

    /** What would have been told in the last hours, with other settings perhaps. */
    @POST
    @Path("/backtest")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "backtest",
            summary = "What would have been told of a stretch of the past",
            description =
                    "Reads the topics again with a detector of its own; tells nobody. Ask for hours (1 if left out, 24 at most), a"
                            + " migration, a sensitivity.")
    public BacktestView backtest(@Nullable BacktestRequest request) {
        BacktestRequest asked = request == null ? new BacktestRequest(null, null, null) : request;
        Instant end = clock.instant();
        double hours = asked.hours() == null ? 1 : asked.hours();
        if (!(hours > 0 && hours <= LONGEST.toHours())) {
            throw refused(
                    "hours is " + hours + ".", "Ask for more than 0 and at most " + LONGEST.toHours() + " hours.");
        }
        Instant begin = end.minusMillis(Math.round(hours * 3_600_000));
        Sensitivity sensitivity = sensitivity(asked.sensitivity());
        List<FlywatchEvent> events = read(
                begin, end, id -> asked.migration() == null || asked.migration().equals(id));
        return BacktestView.of(
                begin, end, events.size(), new Rehearsal(watchtower.settingsWith(sensitivity)).told(events, begin));
    }

    private List<FlywatchEvent> read(Instant from, Instant to, Predicate<String> wanted) {
        if (!from.isBefore(to) || from.plus(LONGEST).isBefore(to)) {
            throw refused(
                    "from " + from + " to " + to + ".",
                    "Ask for a stretch that is longer than nothing and at most 24 hours.");
        }
        try {
            return archive.events(from.minus(watchtower.settings().learning()), to, wanted);
        } catch (Archive.TooMuchException e) {
            throw new ProblemException(Problem.of(
                    413, "Too much at once", e.getMessage() + ".", "Ask for a shorter stretch, or for one migration."));
        }
    }

    private static Instant time(String name, @Nullable String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(LAST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // told below, as a time that no series reaches
        }
        throw refused(name + " is '" + text + "'.", "Write times as 2026-11-22T18:00:00Z.");
    }

    private Sensitivity sensitivity(@Nullable String name) {
        if (name == null) {
            return watchtower.settings().sensitivity();
        }
        for (Sensitivity each : Sensitivity.values()) {
            if (each.name().equalsIgnoreCase(name)) {
                return each;
            }
        }
        throw new ProblemException(Problem.of(
                400,
                "Unknown sensitivity",
                "There is no sensitivity '" + name + "'.",
                "Ask for quiet, balanced or early."));
    }

    private static ProblemException refused(String detail, String remedy) {
        return new ProblemException(Problem.of(400, "Not a stretch of time", detail, remedy));
    }
}
