package io.flywatch.runner.external;

import org.jspecify.annotations.Nullable;

/**
 * How far a tool is with one table.
 *
 * @param table its name, as the tool calls it
 * @param rows how many rows are done since the run began; never an increment
 * @param total how many there will be; null if the tool does not know
 */
public record TableCount(String table, long rows, @Nullable Long total) {}
