package io.flywatch.quickstart.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * An SQL dump for PostgreSQL, as pg_dump writes it in plain text or a person does. Which database it is loaded into is not the
 * dump's business: its statements about databases are left out. Owners and rights that name unknown roles don't matter here.
 */
public final class Dump {

    private static final Pattern ABOUT_DATABASES =
            Pattern.compile("(create|drop|alter)\\s+database\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DISPENSABLE = Pattern.compile(
            "(alter\\s.*\\sowner\\s+to\\s|grant\\s|revoke\\s|alter\\s+default\\s+privileges|comment\\s+on\\s|create\\s+extension\\s|security\\s+label).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int SHOWN_OF_A_STATEMENT = 80;

    private final Path file;
    private final List<String> notes = new ArrayList<>();

    private Dump(Path file) {
        this.file = file;
    }

    /**
     * Loads it.
     *
     * @return what was left out and why, a line each
     * @throws DumpException if a statement fails
     */
    public static List<String> load(Path file, Connection database) {
        return new Dump(file).load(database);
    }

    /** Loads a dump of the class path. */
    public static void load(InputStream dump, Connection database) {
        new Dump(Path.of("the demo")).load(new InputStreamReader(dump, StandardCharsets.UTF_8), database);
    }

    private List<String> load(Connection database) {
        try (Reader reader = new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT))) {
            return load(reader, database);
        } catch (IOException e) {
            throw new DumpException(file + " can't be read: " + e, e);
        }
    }

    private List<String> load(Reader reader, Connection database) {
        try {
            database.setAutoCommit(true);
            Splitter.split(reader, new Into(database));
            return List.copyOf(notes);
        } catch (IOException e) {
            throw new DumpException(file + " can't be read as UTF-8: " + e, e);
        } catch (SQLException e) {
            throw new DumpException(file + ": " + e.getMessage(), e);
        }
    }

    private final class Into implements Script {

        private final Connection database;

        Into(Connection database) {
            this.database = database;
        }

        @Override
        public void statement(String sql, int line) {
            if (ABOUT_DATABASES.matcher(sql).matches()) {
                return;
            }
            try (Statement statement = database.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(sql);
            } catch (SQLException e) {
                if (!DISPENSABLE.matcher(sql).matches()) {
                    throw failure(sql, line, e);
                }
                notes.add("line " + line + " left out: " + e.getMessage());
            }
        }

        @Override
        public void copy(String sql, int line, Reader rows) throws IOException {
            try {
                database.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, rows);
            } catch (SQLException e) {
                throw failure(sql, line, e);
            }
        }

        private DumpException failure(String sql, int line, SQLException cause) {
            String start = sql.length() > SHOWN_OF_A_STATEMENT ? sql.substring(0, SHOWN_OF_A_STATEMENT) + "…" : sql;
            return new DumpException(
                    "%s, line %d: %s (in: %s)".formatted(file, line, cause.getMessage(), start.replaceAll("\\s+", " ")),
                    cause);
        }
    }
}
