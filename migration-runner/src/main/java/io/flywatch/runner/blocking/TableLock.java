package io.flywatch.runner.blocking;

import java.util.Arrays;
import java.util.Optional;

/**
 * A lock of a table's definition in MySQL or MariaDB.
 *
 * @param session who has it, or waits for it
 * @param table with its database: {@code shop.orders}
 * @param isHeld whether it is held; else it is waited for
 */
public record TableLock(long session, String table, Mode mode, boolean isHeld) {

    /** How a table is locked, from the weakest to the strongest, in the servers' words. */
    public enum Mode {
        SHARED,
        SHARED_HIGH_PRIO,
        SHARED_READ,
        SHARED_WRITE,
        SHARED_WRITE_LOW_PRIO,
        SHARED_UPGRADABLE,
        SHARED_READ_ONLY,
        SHARED_NO_WRITE,
        SHARED_NO_READ_WRITE,
        EXCLUSIVE;

        /** By the server's word for it, with {@code MDL_} before it or not; empty for one that is not of tables. */
        public static Optional<Mode> of(String told) {
            String name = told.startsWith("MDL_") ? told.substring(4) : told;
            return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
        }

        /** What a statement asks for of the table that it names, by its first word, where the server doesn't tell. */
        public static Mode ofVerb(String verb) {
            return switch (verb) {
                case "select", "with" -> SHARED_READ;
                case "insert", "update", "delete", "replace", "load" -> SHARED_WRITE;
                default -> EXCLUSIVE;
            };
        }
    }
}
