package io.flywatch.system.bench.incidents;

import java.util.List;

/**
 * What was done to a migration, and when.
 *
 * @param kind an {@link IncidentKind}'s label, or of calm: {@code snapshot}, {@code load_peak}, {@code pause}, {@code idle}, {@code
 *     restart_processor}, {@code restart_connector}, {@code no_effect} (something was tried that changed nothing)
 * @param incident whether it should be told
 * @param migrations whom it struck
 * @param from in milliseconds since 1970
 * @param to when it was undone
 * @param what in a few words
 */
public record Label(String kind, boolean incident, List<String> migrations, long from, long to, String what) {
    public Label {
        migrations = List.copyOf(migrations);
    }

    boolean strikes(String migration) {
        return migrations.contains(migration);
    }
}
