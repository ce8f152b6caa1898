package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Runs;
import io.flywatch.runner.adapter.flyway.Repairs;
import io.flywatch.runner.adapter.orm.RunStore;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.run.RunFailure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Repairs the history of scripts. */
@Path("/api/v1/migrations/{id}/repair")
@Singleton
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public final class RepairResource {
    private final Runs runs;
    private final RunStore store;
    private final Repairs repairs;

    RepairResource(Runs runs, RunStore store, Repairs repairs) {
        this.runs = runs;
        this.store = store;
        this.repairs = repairs;
    }

    /** Repairs it. */
    @POST
    @Operation(
            summary = "Repair the history of a migration's scripts",
            description =
                    "Removes the entries of scripts that failed, takes the text of edited scripts as applied, and marks scripts"
                            + " that are not there any more as deleted. Tables are not touched: undo by hand what a failed script left.")
    @APIResponse(responseCode = "200", description = "What was changed in the history")
    @APIResponse(responseCode = "404", description = "No such migration")
    @APIResponse(responseCode = "409", description = "A run of the migration is active")
    @APIResponse(responseCode = "422", description = "The migration has no scripts")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public Repairs.Repaired repair(@PathParam("id") String id) {
        Declarations declarations = runs.declarations();
        Declarations.Declared declared = declarations.find(id).orElseThrow(() -> Problems.missing(id, declarations));
        if (!(declared.migration() instanceof SqlMigration sql)) {
            throw Problems.noScripts(id);
        }
        store.active(id).ifPresent(run -> {
            throw Problems.busy(run);
        });
        try {
            return repairs.repair(sql);
        } catch (RunFailure e) {
            throw Problems.impossible(e);
        }
    }
}
