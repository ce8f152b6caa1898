package io.flywatch.system.faults.routes;

import io.flywatch.system.stand.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Chinook sample database as statements: the script for PostgreSQL or MySQL, without what makes and selects the database.
 *
 * @param folder where the scripts are
 */
public record Chinook(Path folder) {
    /** In {@code shared/data/chinook} beside the repository, or where {@code --chinook} says. */
    public static Chinook at(String named) {
        Path folder = named.isEmpty() ? Layout.home().resolveSibling("shared/data/chinook") : Path.of(named);
        return new Chinook(folder);
    }

    /** Whether the scripts are there. */
    public boolean isThere() {
        return Files.exists(script("postgresql")) && Files.exists(script("mariadb"));
    }

    private Path script(String source) {
        return folder.resolve(source.equals("mariadb") ? "Chinook_MySql.sql" : "Chinook_PostgreSql.sql");
    }

    /**
     * The statements for a source.
     *
     * @throws IOException if the script is not there: it is the one of github.com/lerocha/chinook-database, version 1.4.5
     */
    List<String> statements(String source) throws IOException {
        String text = Files.readString(script(source)).replaceAll("(?s)/\\*.*?\\*/", "");
        List<String> statements = new ArrayList<>();
        // No value of the script has a semicolon at the end of a line.
        for (String part : text.split(";\\s*\\R", -1)) {
            String statement = part.replaceFirst("^\\uFEFF", "").strip();
            boolean ofTheDatabase = statement.matches("(?is)(drop database|create database|use |\\\\c ).*");
            if (!statement.isEmpty() && !ofTheDatabase) {
                statements.add(statement);
            }
        }
        return statements;
    }
}
