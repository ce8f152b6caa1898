package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Runs;
import io.flywatch.runner.adapter.orm.ScheduleStore;
import io.flywatch.runner.migration.Declarations;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is declared. */
@Path("/api/v1/migrations")
@Singleton
@RolesAllowed(Roles.VIEWER)
@Tag(name = "migrations", description = "What is declared, and what is wrong with it.")
public final class MigrationsResource {
    private final Runs runs;
    private final ScheduleStore schedules;
    private final Clock clock = Clock.systemUTC();

    MigrationsResource(Runs runs, ScheduleStore schedules) {
        this.runs = runs;
        this.schedules = schedules;
    }

    /** All of them. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "All migrations",
            description =
                    "The folder is read anew. Files that are wrong are listed with line, column, path and remedy.")
    public MigrationView.Listing list() {
        return MigrationView.Listing.of(runs.declarations());
    }

    /** All of them, for a terminal. */
    @GET
    @Produces("text/plain;qs=0.5")
    @Operation(hidden = true)
    public String listText() {
        return Texts.migrations(runs.declarations());
    }

    /** One of them. */
    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "One migration, with its schedule if it has one")
    @APIResponse(responseCode = "200", description = "The migration")
    @APIResponse(responseCode = "404", description = "No such migration")
    @APIResponse(responseCode = "422", description = "Its file is wrong")
    public MigrationView get(@PathParam("id") String id) {
        Declarations declarations = runs.declarations();
        return declarations
                .find(id)
                .map(it -> MigrationView.of(it, schedules.last(id), clock.instant()))
                .orElseThrow(() -> Problems.missing(id, declarations));
    }
}
