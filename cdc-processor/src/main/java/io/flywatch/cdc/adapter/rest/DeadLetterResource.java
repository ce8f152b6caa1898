package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.DeadLetterDesk;
import io.flywatch.cdc.LagSampler;
import io.flywatch.cdc.LetterShelf;
import io.flywatch.cdc.PipelineStatus;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.letter.Letter;
import io.flywatch.cdc.letter.LetterBook;
import io.flywatch.cdc.letter.LetterId;
import io.flywatch.events.lag.LagSample;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Dead letters: what they are, and what is done about them. */
@Path("/api/v1/pipelines/{id}/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters", description = "Records that could not be applied, and what waits behind them")
@Blocking
public final class DeadLetterResource {
    private static final int LARGEST_PAGE = 500;

    private final LagSampler sampler;
    private final LetterBook book;
    private final LetterShelf shelf;
    private final DeadLetterDesk desk;

    DeadLetterResource(LagSampler sampler, LetterBook book, LetterShelf shelf, DeadLetterDesk desk) {
        this.sampler = sampler;
        this.book = book;
        this.shelf = shelf;
        this.desk = desk;
    }

    /** The open ones. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Lists the run's open dead letters")
    public LetterView.Page list(
            @PathParam("id") String id,
            @Parameter(description = "Only this table, as schema.table") @QueryParam("table") @Nullable String table,
            @Parameter(description = "Only this key, as a letter tells it") @QueryParam("key") @Nullable String key,
            @Parameter(description = "The last letter of the page before") @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        PipelineStatus pipeline = find(id);
        int most = Math.clamp(limit, 1, LARGEST_PAGE);
        LetterId last = after == null
                ? null
                : LetterId.parse(id, after).orElseThrow(() -> new ProblemException(unknown(after)));
        List<Letter> page = book.page(
                id,
                letter -> letter.runId().equals(pipeline.declared().runId())
                        && (table == null || letter.id().table().equals(table))
                        && (key == null || letter.key().equals(key)),
                last,
                most + 1);
        List<Letter> shown = page.subList(0, Math.min(most, page.size()));
        return new LetterView.Page(
                pipeline.sample().deadLetters(),
                shown.stream().map(LetterView::of).toList(),
                page.size() > most ? shown.getLast().id().text() : null);
    }

    /** How many there are. */
    @GET
    @Path("count")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Counts the run's open dead letters, and the keys that wait behind them")
    @APIResponse(responseCode = "404", description = "There is no such pipeline")
    public LetterView.Count count(@PathParam("id") String id) {
        PipelineStatus status = find(id);
        LagSample.Vitals vitals = status.sample().vitals();
        return new LetterView.Count(status.sample().deadLetters(), vitals == null ? 0 : vitals.parkedKeys());
    }

    /** One with its bytes, which are a row's contents. */
    @GET
    @Path("{letter}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Shows a dead letter with its original bytes")
    @APIResponse(responseCode = "404", description = "There is no such open letter")
    public LetterView.Whole get(@PathParam("id") String id, @PathParam("letter") String letterId) {
        Letter letter = letter(id, letterId);
        Raw raw = shelf.read(List.of(letter))
                .map(List::getFirst)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        503, "Not now", "The dead letters can't be read now.", "Try again when Kafka answers.")));
        return new LetterView.Whole(LetterView.of(letter), base64(raw.key()), base64(raw.value()), text(raw.value()));
    }

    /** Applies it after all. */
    @POST
    @Path("{letter}/replay")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Applies a dead letter after all, with everything of its key that waits, in order",
            description = "What still can't be applied stays, and what follows it, too.")
    @APIResponse(responseCode = "200", description = "At least one record was applied")
    @APIResponse(responseCode = "409", description = "It still can't be applied, and stays")
    public LetterView.Settled replay(
            @PathParam("id") String id, @PathParam("letter") String letter, @Context SecurityContext who) {
        return settled(desk.replay(letter(id, letter), name(who)));
    }

    /** Does without it. */
    @DELETE
    @Path("{letter}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Discards a dead letter for good, which has to be the first one of its key",
            description = "What follows it still waits: replay it.")
    @APIResponse(responseCode = "409", description = "An earlier record of its key waits")
    public LetterView.Settled discard(
            @PathParam("id") String id, @PathParam("letter") String letter, @Context SecurityContext who) {
        return settled(desk.discard(letter(id, letter), name(who)));
    }

    private static LetterView.Settled settled(DeadLetterDesk.Answer answer) {
        return switch (answer) {
            case DeadLetterDesk.Answer.Done done -> new LetterView.Settled(done.settled(), done.left());
            case DeadLetterDesk.Answer.Refused refused ->
                throw new ProblemException(
                        Problem.of(
                                refused.later() ? 503 : 409,
                                refused.later() ? "Not now" : "It stays in the dead letters",
                                refused.reason(),
                                refused.later()
                                        ? "Try again in a while."
                                        : "Mend the cause, at the target or at the source, and replay it again; or discard it."));
        };
    }

    private PipelineStatus find(String id) {
        return sampler.status(id)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404,
                        "Unknown pipeline",
                        "There is no pipeline '" + id + "'.",
                        "GET /api/v1/pipelines lists those that are declared.")));
    }

    private Letter letter(String id, String letter) {
        find(id);
        Optional<Letter> found = LetterId.parse(id, letter).flatMap(book::find);
        return found.orElseThrow(() -> new ProblemException(unknown(letter)));
    }

    private static Problem unknown(String letter) {
        return Problem.of(
                404,
                "Unknown dead letter",
                "There is no open dead letter '" + letter + "': it may have been settled.",
                "List the open ones; an id looks like public.orders:0:17.");
    }

    private static String name(SecurityContext who) {
        Principal principal = who.getUserPrincipal();
        return principal == null || principal.getName().isBlank() ? "anonymous" : principal.getName();
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return null;
        }
    }
}
