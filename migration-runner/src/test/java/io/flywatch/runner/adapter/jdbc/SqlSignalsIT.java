package io.flywatch.runner.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.SourceSignals.Row;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlSignalsIT {
    private static final String TABLE = "flywatch.signals_my_shop";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path files;

    @SuppressWarnings("NullAway.Init") // set before each test
    private EmbeddedPostgres server;

    @BeforeEach
    void start() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(files.resolve("data"))
                .start();
        execute("create table orders (id int primary key, placed_at date)");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void writesASignalOnceHoweverOftenItIsGivenAndLeavesNothing() throws SQLException {
        SqlSignals signals = signals("postgres");

        assertThat(signals.create()).isEmpty();
        signals.write(List.of(new Row("a", "execute-snapshot", "{}"), new Row("b", "pause-snapshot", "{}")));
        signals.write(List.of(new Row("a", "execute-snapshot", "{}")));

        assertThat(ids()).containsExactly("a", "b");
        assertThat(signals.create()).as("a run that connects again").isEmpty();
        assertThat(ids()).isEmpty();
        signals.write(List.of(new Row("c", "stop-snapshot", "{}")));
        signals.clear();
        assertThat(ids()).isEmpty();
    }

    @Test
    void saysWhyTheSourceDoesNotAllowIt() throws SQLException {
        execute("create role reader login password 'reader'");
        assertThat(signals("reader").create())
                .hasValueSatisfying(it -> assertThat(it).contains("permission denied"));

        execute("create publication flywatch_my_shop for table orders");
        assertThat(signals("postgres").create())
                .as("the connector could not alter what its owner made")
                .hasValueSatisfying(it -> assertThat(it).contains("flywatch_my_shop was made without " + TABLE));
    }

    @Test
    void triesAConditionAndChangesNothing() throws SQLException {
        SqlSignals signals = signals("postgres");
        execute("create function spoilt() returns boolean language plpgsql as"
                + " 'begin delete from orders; return true; end'");
        execute("insert into orders values (1, null)");

        assertThat(signals.flaw("public.orders", "placed_at > current_date - 7"))
                .isEmpty();
        assertThat(signals.flaw("public.orders", "placed > 1"))
                .hasValueSatisfying(it -> assertThat(it).contains("column \"placed\" does not exist"));
        assertThat(signals.flaw("public.orders", "true; drop table orders"))
                .hasValueSatisfying(it -> assertThat(it).contains("without a semicolon"));
        signals.flaw("public.orders", "id = 1) or (spoilt()");
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from orders")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    private List<String> ids() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from " + TABLE + " order by id")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private SqlSignals signals(String user) {
        return new SqlSignals(
                new SqlSignals.Source() {
                    @Override
                    public <T> T ask(SqlSignals.Question<T> question) {
                        try (Connection connection = connect(user)) {
                            return question.ask(connection);
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                },
                "my-shop",
                false);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String user) throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl(user, "postgres"), user, user);
    }
}
