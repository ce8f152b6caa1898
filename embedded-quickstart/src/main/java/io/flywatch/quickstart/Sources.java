package io.flywatch.quickstart;

import io.flywatch.quickstart.dump.Dump;
import io.flywatch.quickstart.dump.DumpException;
import io.flywatch.quickstart.load.TouchRows;
import io.flywatch.quickstart.load.Trade;
import io.flywatch.quickstart.screen.Figures;
import io.flywatch.quickstart.screen.Terminal;
import io.flywatch.quickstart.shop.ShopTrade;
import io.flywatch.quickstart.source.Database;
import io.flywatch.quickstart.source.Table;
import io.flywatch.quickstart.source.Tables;
import io.flywatch.stack.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Fills or finds the database that is moved. */
final class Sources {

    private static final long SEED = 42;
    private static final String SHOP_SQL = "/io/flywatch/quickstart/shop/shop.sql";

    private final Terminal terminal;

    Sources(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The demo's shop. */
    Plan shop(EmbeddedPostgres postgres) throws SQLException {
        Database database = embedded(postgres, "shop");
        try (Connection connection = database.connect();
                InputStream sql = Sources.class.getResourceAsStream(SHOP_SQL)) {
            Dump.load(java.util.Objects.requireNonNull(sql), connection);
            return plan(
                    Plan.SHOP,
                    Optional.of(Plan.SHOP_TARGET),
                    database,
                    Tables.all(connection),
                    Optional.of(new ShopTrade(new Random(SEED))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a dump holds. */
    Plan dataset(EmbeddedPostgres postgres, Path file) throws SQLException {
        Database database = embedded(postgres, "dataset");
        try (Connection connection = database.connect()) {
            Dump.load(file, connection).forEach(note -> terminal.aside(file.getFileName() + ", " + note));
        } catch (DumpException e) {
            throw new Refusal("The dataset can't be loaded. " + e.getMessage(), e);
        }
        // A connection of its own: a dump may leave a search path behind.
        try (Connection connection = database.connect()) {
            List<Table> tables = Tables.all(connection);
            List<Table> touched = new ArrayList<>();
            for (Table table : tables) {
                if (!table.key().isEmpty() && hasRows(connection, table)) {
                    touched.add(table);
                }
            }
            Optional<Trade> trade =
                    touched.isEmpty() ? Optional.empty() : Optional.of(new TouchRows(touched, new Random(SEED)));
            return plan(Plan.EVERYTHING, Optional.empty(), database, tables, trade);
        }
    }

    /** A database of one's own: nothing is changed in it but Flywatch's heartbeat. */
    Plan own(Database database) {
        try (Connection connection = database.connect()) {
            return plan(Plan.EVERYTHING, Optional.empty(), database, Tables.all(connection), Optional.empty());
        } catch (SQLException e) {
            throw new Refusal(
                    "The source, %s, can't be used: %s Look at --source-url, FLYWATCH_SOURCE_USER and FLYWATCH_SOURCE_PASSWORD."
                            .formatted(database.shortName(), sentence(e)),
                    e);
        }
    }

    private static String sentence(SQLException e) {
        String message = String.valueOf(e.getMessage()).strip();
        return message.endsWith(".") ? message : message + ".";
    }

    private static Database embedded(EmbeddedPostgres postgres, String name) {
        postgres.createDatabase(name);
        return new Database(postgres.jdbcUrl(name), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
    }

    private static Plan plan(
            String migration, Optional<String> first, Database database, List<Table> all, Optional<Trade> trade) {
        List<Table> moved = all.stream().filter(table -> !table.key().isEmpty()).toList();
        List<Table> leftOut =
                all.stream().filter(table -> table.key().isEmpty()).toList();
        if (moved.isEmpty()) {
            throw new Refusal("The source, " + database.shortName()
                    + ", has no table with a primary key: there is nothing to move.");
        }
        return new Plan(migration, first, database, "PostgreSQL", moved, leftOut, trade);
    }

    private static boolean hasRows(Connection connection, Table table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM " + table.sqlName() + " LIMIT 1")) {
            return row.next();
        }
    }

    /** How much there is, in words. */
    static String size(Plan plan) throws SQLException {
        long rows = 0;
        try (Connection connection = plan.source().connect();
                Statement statement = connection.createStatement()) {
            for (Table table : plan.tables()) {
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table.sqlName())) {
                    row.next();
                    rows += row.getLong(1);
                }
            }
        }
        return Figures.count(rows) + " rows in " + plan.tables().size() + " tables";
    }

    /** How much there is by the database's own estimate: counting may take long. */
    static String roughSize(Plan plan) throws SQLException {
        double rows = 0;
        try (Connection connection = plan.source().connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = ?::regclass")) {
            for (Table table : plan.tables()) {
                statement.setString(1, table.sqlName());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    rows += row.getDouble(1);
                }
            }
        }
        return "about " + Figures.count(Math.round(rows)) + " rows in "
                + plan.tables().size() + " tables";
    }

    /** Says which tables stay behind. */
    void nameLeftOut(Plan plan) {
        if (!plan.leftOut().isEmpty()) {
            terminal.aside("Left out, as they have no primary key: "
                    + plan.leftOut().stream().map(Table::id).collect(Collectors.joining(", ")));
        }
    }
}
