package io.flywatch.cdc.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Catalogue;
import io.flywatch.stack.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL's catalogue says of domains, by all names that Debezium has for them. */
class PostgresDomainsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Test
    void nameWhatIsUnderADomainHoweverDeep() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dir)) {
            postgres.createDatabase("shop");
            try (Connection connection = postgres.connect("shop");
                    Statement statement = connection.createStatement()) {
                statement.execute("""
                        create schema other; create schema "Third";
                        create domain cents as numeric(12,2); create domain "Odd Cents" as cents;
                        create domain price as "Odd Cents" check (value >= 0); create domain list as numeric[];
                        create domain other.code as text; create domain "Third".code as numeric;
                        create domain public.note as text; create domain other.note as numeric;
                        create table t (id int primary key, code "Third".code)""");

                Catalogue.Columns columns = PostgresColumns.of(connection, "public.t");

                assertThat(columns.domains())
                        .containsAllEntriesOf(Map.of(
                                "CENTS", "NUMERIC",
                                "ODD CENTS", "NUMERIC",
                                "PRICE", "NUMERIC",
                                "LIST", "_NUMERIC",
                                "\"OTHER\".\"CODE\"", "TEXT",
                                "\"THIRD\".\"CODE\"", "NUMERIC"))
                        .as("the table's own before any other")
                        .containsEntry("CODE", "NUMERIC")
                        .as("what can be named without its schema before what can't")
                        .containsEntry("NOTE", "TEXT");
            }
        }
    }
}
