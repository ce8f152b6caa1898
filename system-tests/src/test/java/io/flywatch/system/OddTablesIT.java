package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import io.flywatch.system.stand.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as people have them: names that need quoting, computed columns, identities, enums, domains, partitions, keys alone. */
class OddTablesIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> SCHEMA = List.of(
            "create type mood as enum ('sad', 'ok', 'very happy')",
            "create domain email as text check (value like '%@%')",
            "create domain cents as numeric(12,2)",
            "create domain price as cents",
            "create schema other",
            "create domain other.cents3 as numeric(12,3)",
            "create domain list as numeric(8,2)[]",
            "create domain code as varchar(8)",
            "create table domains (k cents, c code, p price, o other.cents3, l list, b bytea, primary key (k, c))",
            "alter table domains replica identity full",
            "insert into domains select i * 1.50, 'c' || i, i, i, array[1.10, null, i], 'x' from generate_series(1, 50) i",
            """
            create table "Order Items" ("Id" int generated always as identity primary key, "select" text, "a.b" int,
                "$price" numeric(10,2), "Größe" text, "quote""d" text)""",
            """
            insert into "Order Items" ("select", "a.b", "$price", "Größe", "quote""d")
            select 's' || i, i, i * 1.5, 'ü' || i, 'q' from generate_series(1, 50) i""",
            """
            create table "user" ("group" int primary key, "order" text, m mood, e email, c cents, ms mood[], tags text[],
                es email[])""",
            "alter table \"user\" replica identity full",
            """
            insert into "user" select i, 'o' || i, 'ok', 'a@b', i, array['sad','ok']::mood[], array['x', null, 'y,"z'],
                array['a@b']::email[] from generate_series(1, 50) i""",
            "create table gen (a int primary key, b int generated always as (a * 2) stored, c text)",
            "insert into gen (a, c) select i, 'c' from generate_series(1, 50) i",
            "create table part (id int, region text, v text, primary key (region, id)) partition by list (region)",
            "create table part_eu partition of part for values in ('eu')",
            "create table part_us partition of part for values in ('us')",
            "insert into part select i, case i % 2 when 0 then 'eu' else 'us' end, 'v' from generate_series(1, 50) i",
            "create table \"cash$ UPPER\" (\"ID\" bigint primary key, v text)",
            "insert into \"cash$ UPPER\" select i, 'v' from generate_series(1, 50) i",
            "create table a_b (id int primary key, v text)",
            "create table \"aXb\" (id int primary key, v text, other int)",
            "insert into a_b select i, 'v' from generate_series(1, 50) i",
            "insert into \"aXb\" select i, 'v', 1 from generate_series(1, 50) i",
            "create table onlykey (a int, b uuid, primary key (b, a))",
            "insert into onlykey select i, md5(i::text)::uuid from generate_series(1, 50) i",
            "create table uniq (id int primary key, code text not null unique, v text)",
            "insert into uniq select i, 'c' || i, 'v' from generate_series(1, 50) i");
    private static final List<String> CHANGES = List.of(
            "update \"Order Items\" set \"select\" = 'changed', \"Größe\" = null where \"Id\" % 3 = 0",
            "delete from \"Order Items\" where \"Id\" % 7 = 0",
            "insert into \"Order Items\" (\"select\") values ('new')",
            "update \"user\" set m = 'very happy', ms = '{}', tags = null where \"group\" % 4 = 0",
            "update \"user\" set \"group\" = 1000 + \"group\" where \"group\" % 5 = 0",
            "update domains set p = p + 0.5, o = 'NaN' where o % 2 = 0",
            "update domains set k = k + 1000 where p > 40",
            "delete from domains where c = 'c1'",
            "update gen set a = a + 100 where a % 5 = 0",
            "update part set region = 'us' where id % 10 = 0",
            "update part set v = 'w' where id % 3 = 0",
            "delete from part where id % 8 = 0",
            "update \"cash$ UPPER\" set v = null where \"ID\" % 2 = 0",
            "update a_b set v = 'w' where id < 10",
            "update \"aXb\" set other = 7 where id < 10",
            "update onlykey set a = a + 1000 where a % 5 = 0",
            "delete from onlykey where a = 7",
            """
            begin; update uniq set code = 't' where id = 3; update uniq set code = 'c3' where id = 4;
            update uniq set code = 'c4' where id = 3; commit""");

    /** MongoDB has no such name. */
    private static final List<String> DOCUMENTS = List.of("\"public.cash$ UPPER\": { name: cash UPPER }");

    @BeforeAll
    static void home() {
        System.setProperty(
                "flywatch.home", Path.of("..").toAbsolutePath().normalize().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mongodb"})
    void areMovedAndEqual(String target) throws Exception {
        boolean documents = target.equals("mongodb");
        ReplicationSetup setup = new ReplicationSetup(
                Layout.target("odd-" + target),
                "postgresql",
                target,
                SCHEMA,
                List.of(),
                Map.of(),
                List.of("-Xmx256m"),
                documents ? DOCUMENTS : List.of(),
                null);
        try (Replication replication = Replication.start(setup)) {
            replication.awaitStreaming(LIMIT);
            try (Connection source = replication.source();
                    Statement statement = source.createStatement()) {
                for (String change : CHANGES) {
                    statement.execute(change);
                }
            }

            JsonNode result = verified(replication);

            assertThat(result.path("stage").asText())
                    .as(result.toPrettyString())
                    .isEqualTo("equal");
            assertThat(result.path("rows").asInt()).isEqualTo(10 * 50 - 7 + 1 - 1 - 6 - 1);
            assertThat(replication.ask("GET", "/dead-letters").path("letters")).isEmpty();
            assertThat(replication.runState().toString())
                    .contains("Generated columns are not moved")
                    .contains("public.gen.b");
        }
    }

    private static JsonNode verified(Replication replication) throws Exception {
        String[] id = {""};
        Waiting.until(LIMIT, "a verification is taken", () -> {
            id[0] = answer(replication, "POST", "/verifications").path("id").asText();
            return !id[0].isEmpty();
        });
        String verification = "/verifications/" + id[0];
        Waiting.until(
                LIMIT,
                "the verification ends",
                () -> !Set.of("", "requested", "running")
                        .contains(answer(replication, "GET", verification)
                                .path("stage")
                                .asText()));
        return replication.ask("GET", verification);
    }

    private static JsonNode answer(Replication replication, String method, String path) throws InterruptedException {
        try {
            return replication.ask(method, path);
        } catch (IOException notNow) {
            return MissingNode.getInstance();
        }
    }
}
