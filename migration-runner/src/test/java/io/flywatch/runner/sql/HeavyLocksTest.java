package io.flywatch.runner.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeavyLocksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on orders (a)",
                "CREATE UNIQUE INDEX IF NOT EXISTS i ON orders (a)",
                "reindex table orders",
                "refresh materialized view latest",
                "vacuum full orders",
                "vacuum (analyze, full) orders",
                "cluster orders using i",
                "lock table orders",
                "alter table orders alter column a type bigint",
                "alter table only orders alter a set data type text",
                "alter table orders set unlogged",
                "alter table orders add column u uuid default gen_random_uuid()",
                "alter table orders add n bigserial",
                "alter table orders add constraint c check (a > 0)",
                "alter table orders add foreign key (a) references b",
                "alter table orders add primary key (a)",
                "alter table orders add constraint u unique (a)",
                "alter table orders alter column a set not null"
            })
    void warnsOfWhatKeepsOthersWaiting(String statement) {
        assertThat(warnings(statement)).singleElement().asString().startsWith(new Statement(statement).shown() + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index concurrently i on orders (a)",
                "create unique index concurrently i on orders (a)",
                "reindex index concurrently i",
                "refresh materialized view concurrently latest",
                "vacuum orders",
                "alter table orders add column a int default 0",
                "alter table orders add column a timestamptz default now()",
                "alter table orders add constraint c check (a > 0) not valid",
                "alter table orders validate constraint c",
                "alter table orders add constraint u unique using index i",
                "insert into notes values ('alter table orders set unlogged')",
                "create table orders (id int primary key, a int not null check (a > 0))",
                "create table orders (id int); create index i on orders (id); alter table \"orders\" add primary key (id)"
            })
    void leavesOtherStatementsAlone(String script) {
        assertThat(warnings(script)).isEmpty();
    }

    @Test
    void findsStatementsBetweenQuotesAndComments() {
        assertThat(ScriptText.statements("""
                        -- first; of all
                        insert into a values ('it''s; fine', "b;c"); /* and; */
                        create function f() returns int language plpgsql as $body$ begin return 1; end; $body$;
                        select 1"""))
                .extracting(Statement::verb)
                .containsExactly("insert", "create", "select");
        assertThat(ScriptText.statements(" ;\n; -- nothing\n")).isEmpty();
    }

    private static List<String> warnings(String script) {
        return HeavyLocks.of(ScriptText.statements(script));
    }
}
