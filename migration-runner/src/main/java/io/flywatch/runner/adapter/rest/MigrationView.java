package io.flywatch.runner.adapter.rest;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Flaw;
import java.util.List;

/** A declared migration as callers see it. */
public record MigrationView(String id, MigrationKind kind, String description, String file) {

    static MigrationView of(Declarations.Declared declared) {
        return new MigrationView(
                declared.migration().id(),
                declared.migration().kind(),
                declared.migration().description(),
                declared.file());
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
