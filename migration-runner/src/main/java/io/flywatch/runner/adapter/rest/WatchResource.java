package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A run as it goes, until it ends or the caller leaves. A watcher holds no thread between two looks. */
@Path("/api/v1/migrations/{id}/runs/{run}/watch")
@Singleton
@RolesAllowed(Roles.VIEWER)
@Tag(name = "runs")
public final class WatchResource {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long RETRY_MILLIS = 2_000;

    private final RunViews views;

    WatchResource(RunViews views) {
        this.views = views;
    }

    /** A look at the run; empty while the control database does not answer. */
    private record Look(Optional<RunView> run, boolean last) {}

    /** Server-sent events. */
    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Watch a run",
            description =
                    "As server-sent events: `progress` each second with the run and its latest sample, `end` once it has"
                            + " ended, then the stream is over: close it. With Accept: text/plain a live bar for `curl -N`.")
    @APIResponse(
            responseCode = "200",
            description = "The stream",
            content = {
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = RunView.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN)
            })
    @APIResponse(responseCode = "404", description = "No such run")
    public Multi<OutboundSseEvent> watch(@PathParam("id") String id, @PathParam("run") String run, @Context Sse sse) {
        views.find(id, run);
        AtomicLong number = new AtomicLong();
        return looks(id, run)
                .filter(look -> look.run().isPresent())
                .map(look -> sse.newEventBuilder()
                        .id(run + "/" + number.incrementAndGet())
                        .name(look.last() ? "end" : "progress")
                        .reconnectDelay(RETRY_MILLIS)
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(RunView.class, look.run().orElseThrow())
                        .build());
    }

    /** A live bar. */
    @GET
    @Blocking
    @Produces("text/plain;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> watchText(
            @PathParam("id") String id,
            @PathParam("run") String run,
            @Parameter(description = "Columns of the terminal: width=$(tput cols)")
                    @QueryParam("width")
                    @DefaultValue("80")
                    int width,
            @Parameter(description = "A line for each change instead of one that is redrawn, for logs")
                    @QueryParam("lines")
                    @DefaultValue("false")
                    boolean lines,
            @QueryParam("colour") @DefaultValue("false") boolean colour) {
        views.find(id, run);
        if (width < WatchText.NARROWEST || width > WatchText.WIDEST) {
            throw Problems.badParameter(
                    "width",
                    String.valueOf(width),
                    "Write a number from " + WatchText.NARROWEST + " to " + WatchText.WIDEST + ".");
        }
        WatchText text = new WatchText(width, !lines, colour);
        return looks(id, run)
                .map(look -> look.run()
                        .map(text::frame)
                        .orElseGet(() -> text.remark("waiting: the control database does not answer")))
                .filter(frame -> !frame.isEmpty());
    }

    private Multi<Look> looks(String id, String run) {
        return Multi.createFrom()
                .ticks()
                .every(SECOND)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(tick -> look(id, run))
                .onItem()
                .transformToMultiAndConcatenate(look -> look.last()
                        ? Multi.createFrom().items(look, new Look(Optional.empty(), true))
                        : Multi.createFrom().item(look))
                .select()
                .first(look -> look.run().isPresent() || !look.last());
    }

    private Look look(String id, String run) {
        try {
            RunView view = views.view(views.find(id, run));
            return new Look(Optional.of(view), view.state().isFinal());
        } catch (RuntimeException e) {
            return new Look(Optional.empty(), false);
        }
    }
}
