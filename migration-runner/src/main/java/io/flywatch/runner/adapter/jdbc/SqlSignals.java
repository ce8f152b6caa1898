package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.SourceSignals;
import io.flywatch.runner.replication.Names;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The signals of one migration at a SQL source. */
final class SqlSignals implements SourceSignals {
    private static final String NOT_ALLOWED = "42501";
    private static final String NOT_ALLOWED_BY_MYSQL = "42000";

    private final Source source;
    private final String table;
    private final String publication;
    private final boolean mySql;

    /** Asks the source within a connection of its own. */
    interface Source {
        <T> T ask(Question<T> question);
    }

    /** What it is asked. */
    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    SqlSignals(Source source, String migrationId, boolean mySql) {
        this.source = source;
        this.table = Names.signals(migrationId);
        this.publication = Names.slot(migrationId);
        this.mySql = mySql;
    }

    /** Debezium wants exactly these columns in this order. A key lets deletes be replicated. */
    @Override
    public Optional<String> create() {
        return source.ask(connection -> {
            try (Statement statement = connection.createStatement()) {
                if (!mySql && isPublishedWithoutIt(statement)) {
                    return Optional.of("its publication " + publication + " was made without " + table
                            + ": let Flywatch make the publication, or add the table (id varchar(64) primary key,"
                            + " type varchar(32) not null, data text) as its owner and grant it");
                }
                statement.execute((mySql ? "create database" : "create schema") + " if not exists flywatch");
                statement.execute("create table if not exists " + table
                        + " (id varchar(64) primary key, type varchar(32) not null, data "
                        + (mySql ? "longtext) engine = InnoDB" : "text)"));
                statement.execute("insert into " + table + " (id, type) values ('probe', 'log')");
                statement.execute("delete from " + table);
                return Optional.empty();
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (state.equals(NOT_ALLOWED) || state.startsWith(NOT_ALLOWED_BY_MYSQL)) {
                    return Optional.of(SourceConnection.message(e));
                }
                throw e;
            }
        });
    }

    /** The connector would have to alter what somebody else made for it. */
    private boolean isPublishedWithoutIt(Statement statement) throws SQLException {
        String name = table.substring(table.indexOf('.') + 1);
        try (ResultSet rows = statement.executeQuery("select exists (select 1 from pg_publication where pubname = '"
                + publication + "') and not exists (select 1 from pg_publication_tables where pubname = '"
                + publication + "' and schemaname = 'flywatch' and tablename = '" + name + "')")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    @Override
    public void write(List<Row> rows) {
        String insert = (mySql ? "insert ignore into " : "insert into ") + table + " (id, type, data) values (?, ?, ?)"
                + (mySql ? "" : " on conflict do nothing");
        source.ask(connection -> {
            // Each is a transaction of its own, so that they are read in their order.
            try (PreparedStatement statement = connection.prepareStatement(insert)) {
                for (Row row : rows) {
                    statement.setString(1, row.id());
                    statement.setString(2, row.type());
                    statement.setString(3, row.data());
                    statement.executeUpdate();
                }
            }
            return true;
        });
    }

    @Override
    public void clear() {
        source.ask(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("delete from " + table);
            }
        });
    }

    /** The connector puts the condition into a query of its own, so it must not end one. */
    @Override
    public Optional<String> flaw(String rowsOf, String condition) {
        if (condition.isBlank() || condition.contains(";")) {
            return Optional.of("a condition is SQL that may stand behind where, without a semicolon");
        }
        String name = mySql ? MySqlSource.quoted(rowsOf) : SourceCatalogue.quoted(rowsOf);
        return source.ask(connection -> {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1 from " + name + " where 1 = 0 and (" + condition + ")");
                return Optional.empty();
            } catch (SQLException e) {
                if (String.valueOf(e.getSQLState()).startsWith("08")) {
                    throw e;
                }
                return Optional.of(SourceConnection.message(e));
            } finally {
                connection.rollback();
            }
        });
    }

    /** Takes it away. */
    static void drop(Statement statement, String migrationId) throws SQLException {
        statement.execute("drop table if exists " + Names.signals(migrationId));
    }
}
