package io.flywatch.system.faults.runner;

import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.system.stand.RunnerStand;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Scripts that are wrong if a part of them happens twice or not at all, each slow enough to be killed in. */
record ParcelScripts(EmbeddedPostgres postgres, String schema, long rows) {
    private static final String IN_STEPS = "V4__in_steps.sql";
    private static final String INDEX = "V5__index.sql";

    void declare(RunnerStand stand, String id) throws IOException, SQLException {
        execute("create schema " + schema);
        stand.write(id + ".yaml", """
                kind: sql
                id: %s
                connection: %s
                locations: [%s]
                schema: %s
                """.formatted(id, RunnerStand.SHOP, schema, schema));
        script(stand, "V1__table.sql", """
                create table parcels (id int primary key, n int not null);
                create function pg_sleep_of(id int) returns int immutable language plpgsql as $$
                begin
                  if id % 2000 = 0 then perform pg_sleep(0.1); end if;
                  return id;
                end $$;
                """);
        script(stand, "V2__rows.sql", """
                insert into parcels select i, 0 from generate_series(1, %d) i;
                select pg_sleep(0.3);
                """.formatted(rows));
        script(stand, "V3__in_one.sql", """
                update parcels set n = n + 1 where id % 2 = 0;
                select pg_sleep(0.5);
                update parcels set n = n + 1 where id % 2 = 1;
                select pg_sleep(0.5);
                """);
        script(stand, IN_STEPS, """
                update parcels set n = n + 1 where id % 2 = 0;
                select pg_sleep(0.4);
                update parcels set n = n + 1 where id % 2 = 1;
                select pg_sleep(0.4);
                """);
        stand.write(schema + "/" + IN_STEPS + ".conf", "executeInTransaction=false\n");
        script(stand, INDEX, "create index concurrently parcels_by_half on parcels ((n + pg_sleep_of(id)));");
        script(stand, "V6__last.sql", "update parcels set n = n + 1;");
    }

    private void script(RunnerStand stand, String name, String text) throws IOException {
        stand.write(schema + "/" + name, text);
    }

    /** Undoes what that script may have left behind; false if it can't have left anything. */
    boolean undo(String script) throws SQLException {
        switch (script) {
            case IN_STEPS -> execute("update " + schema + ".parcels set n = 1");
            case INDEX -> execute("drop index if exists " + schema + ".parcels_by_half");
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What is not as it should be after all scripts. */
    List<String> wrong() throws SQLException {
        List<String> wrong = new ArrayList<>();
        long right = number("select count(*) from " + schema + ".parcels where n = 3");
        if (right != rows) {
            wrong.add(right + " of " + rows + " rows were changed by each script exactly once");
        }
        if (number("select count(*) from pg_index where indexrelid = '" + schema
                        + ".parcels_by_half'::regclass and indisvalid")
                != 1) {
            wrong.add("the index is not valid");
        }
        long history = number("select count(*) from " + schema
                + ".flyway_schema_history where success and version is not null and type = 'SQL'");
        if (history != 6) {
            wrong.add("the history has " + history + " scripts, not 6");
        }
        return wrong;
    }

    private long number(String query) throws SQLException {
        try (Connection connection = postgres.connect(RunnerStand.SHOP);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect(RunnerStand.SHOP);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
