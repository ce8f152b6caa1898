package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.VerificationStore.Kept;
import io.flywatch.cdc.VerificationStore.Wish;
import io.flywatch.cdc.Verifications;
import io.flywatch.cdc.verify.Kind;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.ProblemException;
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
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Comparisons of a pipeline's source and target. */
@Path("/api/v1/pipelines/{id}/verifications")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Verifications", description = "Whether source and target are equal, found while both change")
public final class VerificationResource {
    private static final int MOST = 1_000;

    private final Verifications verifications;
    private final VerificationRequests requests;

    VerificationResource(Verifications verifications, VerificationRequests requests) {
        this.verifications = verifications;
        this.requests = requests;
    }

    /** Orders one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Orders a verification",
            description = "It runs beside the pipeline. Of several orders of a pipeline, one runs at a time.")
    @APIResponse(responseCode = "202", description = "It is ordered; Location tells where to ask for it")
    @APIResponse(responseCode = "400", description = "The order makes no sense")
    @APIResponse(responseCode = "404", description = "There is no such pipeline")
    public Response order(@PathParam("id") String id, @Nullable VerificationRequest request) {
        VerificationRequest wanted = request == null ? VerificationRequest.OF_ALL : request;
        Verifications.Ordered ordered = verifications.order(id, null, null, requests.order(wanted));
        VerificationView view = requests.view(id, ordered);
        return Response.accepted(view)
                .location(URI.create("/api/v1/pipelines/" + id + "/verifications/" + view.id()))
                .build();
    }

    /** The latest ones. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Lists a pipeline's verifications, the newest first")
    @APIResponse(responseCode = "404", description = "There is no such pipeline")
    public List<VerificationView> list(@PathParam("id") String id, @QueryParam("limit") @DefaultValue("50") int limit) {
        return store(id).list(id, Math.clamp(limit, 1, MOST)).stream()
                .map(VerificationView::of)
                .toList();
    }

    /** One. */
    @GET
    @Path("{verification}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Tells how far a verification is, or what came out of it")
    @APIResponse(responseCode = "404", description = "There is no such pipeline or verification")
    public VerificationView get(@PathParam("id") String id, @PathParam("verification") String verification) {
        return VerificationView.of(find(id, verification));
    }

    /** What it found. */
    @GET
    @Path("{verification}/mismatches")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Pages through the rows that are proved to differ: their keys and columns, never their values")
    @APIResponse(responseCode = "404", description = "There is no such pipeline or verification")
    public MismatchPage mismatches(
            @PathParam("id") String id,
            @PathParam("verification") String verification,
            @Parameter(description = "Of this table at the source alone") @QueryParam("table") @Nullable String table,
            @Parameter(description = "missing, extra or different") @QueryParam("kind") @Nullable String kind,
            @Parameter(description = "The page before's next") @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        find(id, verification);
        int most = Math.clamp(limit, 1, MOST);
        return MismatchPage.of(store(id).mismatches(verification, table, kind(kind), cursor(after), most), most);
    }

    private static @Nullable String cursor(@Nullable String after) {
        try {
            return after == null ? null : MismatchPage.decoded(after);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    VerificationRequests.bad("after is no page's next.", "Begin without after, and follow next."));
        }
    }

    private static @Nullable Kind kind(@Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            return Kind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(VerificationRequests.bad(
                    "There is no kind '" + name + "' of mismatches.", "Ask for missing, extra or different."));
        }
    }

    /** Stops one. */
    @DELETE
    @Path("{verification}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Cancels a verification", description = "What it has found is kept.")
    @APIResponse(responseCode = "202", description = "It will stop in a moment")
    @APIResponse(responseCode = "409", description = "It is over")
    public Response cancel(@PathParam("id") String id, @PathParam("verification") String verification) {
        return wish(id, verification, Wish.CANCEL);
    }

    /** Halts one. */
    @POST
    @Path("{verification}/pause")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Halts a verification, to go on where it stopped")
    @APIResponse(responseCode = "202", description = "It will halt in a moment")
    @APIResponse(responseCode = "409", description = "It is over")
    public Response pause(@PathParam("id") String id, @PathParam("verification") String verification) {
        return wish(id, verification, Wish.PAUSE);
    }

    /** Lets one go on. */
    @POST
    @Path("{verification}/resume")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Lets a halted verification go on")
    @APIResponse(responseCode = "202", description = "It will go on in a moment")
    @APIResponse(responseCode = "409", description = "It is over")
    public Response resume(@PathParam("id") String id, @PathParam("verification") String verification) {
        return wish(id, verification, Wish.RUN);
    }

    /** Repairs what one found. */
    @POST
    @Path("{verification}/repair")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Repairs the rows that a verification found to differ",
            description =
                    "Orders a verification of those rows alone. What still differs is read anew at the source, written by the"
                            + " partition's own writer between two batches of changes, and looked at again.")
    @APIResponse(responseCode = "202", description = "It is ordered; Location tells where to ask for it")
    @APIResponse(responseCode = "404", description = "There is no such pipeline or verification")
    @APIResponse(responseCode = "409", description = "It is not over, or found nothing")
    public Response repair(
            @PathParam("id") String id,
            @PathParam("verification") String verification,
            @Nullable RepairRequest request) {
        Kept kept = find(id, verification);
        if (!kept.verification().stage().isFinal()) {
            throw new ProblemException(requests.notOver(kept));
        }
        List<String> tables = request == null || request.tables() == null ? List.of() : request.tables();
        VerificationView view = requests.repair(id, verifications.repair(kept.verification(), tables));
        return Response.accepted(view)
                .location(URI.create("/api/v1/pipelines/" + id + "/verifications/" + view.id()))
                .build();
    }

    private Response wish(String id, String verification, Wish wish) {
        Kept kept = find(id, verification);
        if (!store(id).wish(id, verification, wish)) {
            throw new ProblemException(requests.over(kept));
        }
        return Response.accepted(VerificationView.of(find(id, verification))).build();
    }

    private VerificationStore store(String id) {
        return verifications.store(id).orElseThrow(() -> new ProblemException(requests.noPipeline(id)));
    }

    private Kept find(String id, String verification) {
        return store(id)
                .get(id, verification)
                .orElseThrow(() -> new ProblemException(VerificationRequests.unknown(id, verification)));
    }
}
