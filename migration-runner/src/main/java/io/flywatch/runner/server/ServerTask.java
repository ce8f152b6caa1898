package io.flywatch.runner.server;

import org.jspecify.annotations.Nullable;

/**
 * A long operation that the server reports on, such as the building of an index.
 *
 * @param command e.g. {@code CREATE INDEX}
 * @param object what it works on, e.g. {@code public.orders}
 * @param phase the server's name of what it does now
 * @param done how much of the phase is done, in the unit; null if the server does not tell
 * @param total how much the phase has, in the unit; null if the server does not tell
 * @param unit {@code rows}, {@code blocks}, {@code bytes}, {@code percent} or {@code sessions}
 * @param rowsOfObject how many rows the server believes the object to have; null if it does not know
 */
public record ServerTask(
        String command,
        String object,
        String phase,
        @Nullable Long done,
        @Nullable Long total,
        String unit,
        @Nullable Long rowsOfObject) {

    /** For a person: {@code CREATE INDEX on public.orders: building index: scanning table}. */
    public String told() {
        return command + " on " + object + (phase.isEmpty() ? "" : ": " + phase);
    }

    /** How many of the object's rows are done in this phase: counted, or the server's estimate of them times the share done. */
    public @Nullable Long rowsDone() {
        Long part = done;
        Long rows = rowsTotal();
        if (part == null || unit.equals("rows")) {
            return part;
        }
        Long whole = total;
        return rows == null || whole == null || whole <= 0
                ? null
                : Long.valueOf(Math.round((double) rows * Math.min(part, whole) / whole));
    }

    /** How many rows this phase has, as far as that can be told. */
    public @Nullable Long rowsTotal() {
        Long whole = total;
        boolean counts = whole != null && whole > 0;
        return switch (unit) {
            case "rows" -> counts ? whole : rowsOfObject;
            case "blocks", "percent" -> counts ? rowsOfObject : null;
            case "bytes", "sessions" -> null;
            default -> null;
        };
    }
}
