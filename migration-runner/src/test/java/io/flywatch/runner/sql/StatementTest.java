package io.flywatch.runner.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementTest {

    @Test
    void namesTheTableThatItChanges() {
        assertThat(new Statement("-- why\n/* and how */ INSERT INTO shop.\"Order Lines\" (a) VALUES (1)").changes())
                .contains("shop.OrderLines");
        assertThat(new Statement("insert ignore `orders` values (1)").changes()).contains("orders");
        assertThat(new Statement("UPDATE ONLY orders SET a = 1").changes()).contains("orders");
        assertThat(new Statement("delete from a.b using c").changes()).contains("a.b");
        assertThat(new Statement("copy orders from stdin").changes()).contains("orders");
        assertThat(new Statement("select 'update orders'").changes()).isEmpty();
        assertThat(new Statement("alter table if exists orders add x int").changes())
                .isEmpty();
        assertThat(new Statement("alter table if exists orders add x int").table())
                .contains("orders");
        assertThat(new Statement("create unique index i on only orders (a)").table())
                .contains("orders");
        assertThat(new Statement("").table()).isEmpty();
    }

    @Test
    void knowsWhatCommitsByItself() {
        assertThat(new Statement("# first\nALTER TABLE a ADD b int").commits(Dialect.MARIADB))
                .isTrue();
        assertThat(new Statement("ALTER TABLE a ADD b int").commits(Dialect.POSTGRESQL))
                .isFalse();
        assertThat(new Statement("create temporary table t (a int)").commits(Dialect.MARIADB))
                .isFalse();
        assertThat(new Statement("create or replace temporary table t (a int)").commits(Dialect.MARIADB))
                .isFalse();
        assertThat(new Statement("update a set b = 1").commits(Dialect.MARIADB)).isFalse();
    }

    @Test
    void showsItsBeginningInOneLine() {
        assertThat(new Statement("select\n   1,\t2").shown()).isEqualTo("select 1, 2");
        assertThat(new Statement("select " + "x".repeat(500)).shown())
                .hasSize(160)
                .endsWith("x…");
    }
}
