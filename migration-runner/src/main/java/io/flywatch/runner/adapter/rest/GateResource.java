package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.ProblemException;
import io.flywatch.runner.Runs;
import io.flywatch.runner.Verdicts;
import io.flywatch.runner.gate.Gate;
import io.flywatch.runner.gate.GateQuestion;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Migration;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Whether one may go on. Who waits for it holds no thread: the gate is judged every other second, for as long as the caller is there. */
@Path("/api/v1/migrations/{id}/gate")
@Singleton
@RolesAllowed(Roles.VIEWER)
@Tag(name = "gate", description = "Whether the CI job may go on, or one may cut over.")
public final class GateResource {
    private static final Logger LOG = Logger.getLogger(GateResource.class);
    private static final int OPEN = 200;
    private static final int CLOSED = 409;
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final int MOST_WAITING = 200;

    private final Verdicts verdicts;
    private final Runs runs;
    private final AtomicInteger waiting = new AtomicInteger();

    GateResource(Verdicts verdicts, Runs runs) {
        this.verdicts = verdicts;
        this.runs = runs;
    }

    /** The answer. */
    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Open or closed, with every reason",
            description =
                    "What is not known keeps the gate closed, unless it is asked without it. The answer is good until"
                            + " validUntil. With wait, the answer comes as soon as the gate is open, or when the time is up.")
    @APIResponse(
            responseCode = "200",
            description = "Open",
            content = @Content(schema = @Schema(implementation = Gate.class)))
    @APIResponse(responseCode = "400", description = "A parameter that is not known, or a value that is not allowed")
    @APIResponse(responseCode = "404", description = "No such migration")
    @APIResponse(
            responseCode = "409",
            description = "Closed",
            content = @Content(schema = @Schema(implementation = Gate.class)))
    @APIResponse(responseCode = "503", description = "Too many wait for gates already")
    public Uni<Response> judge(@PathParam("id") String id, @BeanParam GateParameters parameters) {
        return answer(id, parameters, gate -> gate);
    }

    /** The answer, for a terminal. */
    @GET
    @Blocking
    @Produces("text/plain;qs=0.5")
    @Operation(hidden = true)
    public Uni<Response> judgeText(@PathParam("id") String id, @BeanParam GateParameters parameters) {
        return answer(id, parameters, Texts::gate);
    }

    private Uni<Response> answer(String id, GateParameters parameters, Function<Gate, Object> form) {
        GateQuestion question = parameters.question();
        Duration wait = parameters.waiting();
        Gate first = judge(id, question);
        Uni<Gate> gate = first.open() || wait.isZero() ? Uni.createFrom().item(first) : wait(first, id, question, wait);
        return gate.map(it -> Response.status(it.open() ? OPEN : CLOSED)
                .entity(form.apply(it))
                .build());
    }

    private Uni<Gate> wait(Gate first, String id, GateQuestion question, Duration wait) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            throw Problems.tooManyWaiting(MOST_WAITING);
        }
        long until = System.nanoTime() + wait.toNanos();
        AtomicReference<Gate> last = new AtomicReference<>(first);
        return Multi.createFrom()
                .ticks()
                .every(BETWEEN.compareTo(wait) < 0 ? BETWEEN : wait)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(tick -> again(id, question, last))
                .filter(it -> it.open() || System.nanoTime() - until >= 0)
                .toUni()
                .onItem()
                .ifNull()
                .continueWith(first)
                .onTermination()
                .invoke(waiting::decrementAndGet);
    }

    /** What could not be judged now, e.g. as the control database is away, is as it was: the caller waits on. */
    private Gate again(String id, GateQuestion question, AtomicReference<Gate> last) {
        try {
            last.set(judge(id, question));
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.infof("gate is judged again later migration=%s reason=%s", id, e.getMessage());
        }
        return Objects.requireNonNull(last.get(), "there is always a verdict");
    }

    private Gate judge(String id, GateQuestion question) {
        Declarations declarations = runs.declarations();
        Migration migration = declarations
                .find(id)
                .map(Declarations.Declared::migration)
                .orElseThrow(() -> Problems.missing(id, declarations));
        return verdicts.of(migration, question);
    }
}
