package io.flywatch.cdc.verify;

import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;

/** Columns that don't arrive as they left: a comparison by their content would call each row different. */
public final class ChangedColumns {
    private ChangedColumns() {}

    /**
     * Lets a table pass whose columns stay as they are.
     *
     * @throws ImpossibleException if the pipeline renames, drops, casts or masks columns of the table
     */
    public static void refuse(TableRoute route) {
        if (route.columns() != null && !route.columns().isEmpty()) {
            throw new ImpossibleException(
                    "columns of " + route.source()
                            + " are renamed, dropped, cast or masked on their way, which a verification can't follow yet: order it for the other tables");
        }
    }
}
