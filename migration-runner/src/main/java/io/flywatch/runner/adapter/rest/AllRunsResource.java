package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.adapter.orm.RunStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs of all migrations. */
@Path("/api/v1/runs")
@Singleton
@RolesAllowed(Roles.VIEWER)
@Tag(name = "runs")
public final class AllRunsResource {
    private final RunStore store;

    AllRunsResource(RunStore store) {
        this.store = store;
    }

    /** The latest. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The latest 200 runs, the newest first")
    public List<RunView> list() {
        return store.list().stream().map(RunView::of).toList();
    }

    /** The latest, for a terminal. */
    @GET
    @Produces("text/plain;qs=0.5")
    @Operation(hidden = true)
    public String listText() {
        return Texts.runs(list());
    }
}
