package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.mapping.TableMapping;

/** Forms of rows whose columns are changed on their way. */
public final class MappedSides {
    private MappedSides() {}

    /** A form of what a mapping makes of rows. */
    public static Form mapped(Form form, TableMapping mapping) {
        return mapping.isPlain() ? form : new MappedForm(form, mapping);
    }
}
