package io.flywatch.runner.run;

/**
 * A run that this runner is to work on.
 *
 * @param file the name of the file that declared its migration
 * @param text what the file said when the run was triggered
 */
public record Claim(Run run, String file, String text) {}
