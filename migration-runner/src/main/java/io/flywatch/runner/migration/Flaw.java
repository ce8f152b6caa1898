package io.flywatch.runner.migration;

/**
 * Something wrong in a declaration.
 *
 * @param file the file's name
 * @param line from 1
 * @param column from 1
 * @param path where in the document, as a JSON path
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record Flaw(String file, int line, int column, String path, String message, String remedy) {

    /** One line for a person: {@code shop.yaml:3:1 $.tables: … …}. */
    public String text() {
        return "%s:%d:%d %s: %s %s".formatted(file, line, column, path, message, remedy);
    }
}
