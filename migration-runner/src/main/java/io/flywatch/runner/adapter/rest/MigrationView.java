package io.flywatch.runner.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Flaw;
import io.flywatch.runner.schedule.Fired;
import io.flywatch.runner.schedule.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A declared migration as callers see it.
 *
 * @param schedule when it is started by itself; null if never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationView(
        String id,
        MigrationKind kind,
        String description,
        String file,
        @Nullable ScheduleView schedule) {

    /**
     * When a migration is started by itself.
     *
     * @param missed what becomes of a time at which no runner was there: {@code skip} or {@code run}
     * @param next when the next run begins
     * @param last what became of the last time that was due
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ScheduleView(
            String cron,
            String zone,
            String missed,
            @Nullable Instant next,
            @Nullable Fired last) {}

    static MigrationView of(Declarations.Declared declared) {
        return of(declared, Optional.empty(), null);
    }

    static MigrationView of(Declarations.Declared declared, Optional<Fired> last, @Nullable Instant now) {
        Schedule schedule = declared.schedule();
        return new MigrationView(
                declared.migration().id(),
                declared.migration().kind(),
                declared.migration().description(),
                declared.file(),
                schedule == null
                        ? null
                        : new ScheduleView(
                                schedule.cron().toString(),
                                schedule.zone().getId(),
                                schedule.missed().name().toLowerCase(Locale.ROOT),
                                now == null ? null : schedule.next(now),
                                last.orElse(null)));
    }

    /**
     * All that the folder declares.
     *
     * @param migrations those that can be run
     * @param broken the files that are wrong, each with all that is wrong with it
     */
    public record Listing(List<MigrationView> migrations, List<BrokenFile> broken) {
        static Listing of(Declarations declarations) {
            return new Listing(
                    declarations.valid().stream().map(MigrationView::of).toList(),
                    declarations.broken().stream()
                            .map(it -> new BrokenFile(it.file(), it.id(), it.flaws()))
                            .toList());
        }
    }

    /**
     * A file that is wrong.
     *
     * @param id the id that it would declare, as far as that can be read
     */
    public record BrokenFile(String file, String id, List<Flaw> errors) {}
}
