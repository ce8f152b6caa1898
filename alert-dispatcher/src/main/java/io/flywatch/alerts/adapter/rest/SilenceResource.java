package io.flywatch.alerts.adapter.rest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.flywatch.alerts.Hands;
import io.flywatch.alerts.SteadyClock;
import io.flywatch.alerts.adapter.jdbc.Database;
import io.flywatch.alerts.adapter.jdbc.SilenceTable;
import io.flywatch.alerts.match.Matcher;
import io.flywatch.alerts.policy.Durations;
import io.flywatch.alerts.silence.Silence;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
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
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Silences. */
@Path("/api/v1/silences")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "silences")
public class SilenceResource {

    private static final int MATCHERS = 32;
    private static final int TEXT = 2000;
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Instant LAST = Instant.parse("9000-01-01T00:00:00Z");

    private final Database database;
    private final Hands hands;
    private final SteadyClock clock;

    SilenceResource(Database database, Hands hands, SteadyClock clock) {
        this.database = database;
        this.hands = hands;
        this.clock = clock;
    }

    /**
     * A silence to be made.
     *
     * @param matchers {@code label="value"}, with one of = != =~ !~; all have to match
     * @param startsAt from when; now if left out
     * @param endsAt until when; or {@code duration}
     * @param duration how long, such as {@code 2h}
     */
    @Strict
    public record Wanted(
            @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<String> matchers,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable String duration,
            @Nullable String createdBy,
            @Nullable String comment) {}

    /** A silence as REST shows it. */
    public record View(
            String id,
            Silence.State state,
            List<String> matchers,
            Instant startsAt,
            Instant endsAt,
            String createdBy,
            String comment) {
        static View of(Silence silence, Instant now) {
            return new View(
                    silence.id(),
                    silence.state(now),
                    silence.matchers().stream().map(Matcher::toString).toList(),
                    silence.startsAt(),
                    silence.endsAt(),
                    silence.createdBy(),
                    silence.comment());
        }
    }

    /** Silences. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listSilences", summary = "Silences, those that end last first")
    public List<View> list() {
        Instant now = clock.instant();
        return database.transact(sql -> SilenceTable.all(sql, Problems.MOST)).stream()
                .map(silence -> View.of(silence, now))
                .toList();
    }

    /** Makes one. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "silence",
            summary = "Keep alerts quiet for a while",
            description = "An end is told all the same to those who were told of the beginning.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "example", value = Problems.SILENCE)))
    @APIResponse(responseCode = "200", description = "The silence")
    @APIResponse(responseCode = "400", description = "It matches nothing or everything, has no end, or nobody wants it")
    public View silence(@Nullable Wanted wanted) {
        Instant now = clock.instant();
        return View.of(hands.silence(checked(wanted, UUID.randomUUID().toString(), now)), now);
    }

    static Silence checked(@Nullable Wanted wanted, String id, Instant now) {
        try {
            if (wanted == null || wanted.matchers() == null || wanted.matchers().isEmpty()) {
                throw new IllegalArgumentException("a silence needs matchers");
            }
            if (wanted.matchers().size() > MATCHERS) {
                throw new IllegalArgumentException("a silence has at most " + MATCHERS + " matchers");
            }
            List<Matcher> matchers = wanted.matchers().stream()
                    .map(text -> Matcher.parse(clean(text, "a matcher")))
                    .toList();
            Matcher.contradiction(matchers).ifPresent(what -> {
                throw new IllegalArgumentException(what);
            });
            if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
                throw new IllegalArgumentException(
                        "a silence of everything is none: at least one matcher must ask for a value");
            }
            Instant starts = reachable(wanted.startsAt() == null ? now : wanted.startsAt());
            Instant ends = end(wanted, starts);
            if (ends == null || !ends.isAfter(starts) || !ends.isAfter(now)) {
                throw new IllegalArgumentException(
                        "it has to end, later than it starts and than now: send endsAt or duration");
            }
            String by = clean(wanted.createdBy(), "createdBy");
            if (by.isBlank()) {
                throw new IllegalArgumentException("createdBy is missing: who wants it");
            }
            return new Silence(id, matchers, starts, ends, by, clean(wanted.comment(), "comment"), null);
        } catch (IllegalArgumentException e) {
            throw Problems.bad("No silence", e.getMessage() + ".", "See POST /api/v1/silences at /q/openapi.");
        }
    }

    private static @Nullable Instant end(Wanted wanted, Instant starts) {
        if (wanted.duration() == null) {
            return wanted.endsAt() == null ? null : reachable(wanted.endsAt());
        }
        Duration duration = Durations.parse(wanted.duration());
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a silence lasts at most " + LONGEST.toDays() + " days");
        }
        return starts.plus(duration);
    }

    /** What the database can keep, and a person can mean. */
    private static Instant reachable(Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("the time " + time + " is far from now");
        }
        return time;
    }

    static String clean(@Nullable String text, String what) {
        if (text == null) {
            return "";
        }
        if (text.length() > TEXT || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            throw new IllegalArgumentException(
                    what + " is longer than " + TEXT + " characters or has control characters");
        }
        return text;
    }

    /** One silence. */
    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getSilence", summary = "One silence")
    public View one(@PathParam("id") String id) {
        return database.transact(sql -> SilenceTable.lock(sql, id))
                .map(silence -> View.of(silence, clock.instant()))
                .orElseThrow(() -> unknown(id));
    }

    /** Ends one. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "expireSilence", summary = "End a silence now")
    public View expire(@PathParam("id") String id) {
        return hands.expire(id)
                .map(silence -> View.of(silence, clock.instant()))
                .orElseThrow(() -> unknown(id));
    }

    static ProblemException unknown(String id) {
        return new ProblemException(Problem.of(
                404,
                "Unknown silence",
                "There is no silence '" + id + "', or it has ended.",
                "GET /api/v1/silences lists those there are."));
    }
}
