package io.flywatch.runner.adapter.flyway;

/** What a script that failed leaves behind. */
enum Remains {
    /** Its transaction was rolled back. */
    NOTHING,
    /** No statement before the one that failed took effect by itself; Flyway's history has an entry of the failure. */
    ENTRY,
    /** Some of its statements took effect by themselves; Flyway's history has an entry of the failure. */
    STATEMENTS
}
