package io.flywatch.cdc.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flywatch.cdc.change.Captured;
import io.flywatch.cdc.change.Catalogue;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.EnvelopeDecoder;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.change.Recorded;
import io.flywatch.cdc.change.Row;
import io.flywatch.stack.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages without a schema mean what they mean with one: those that a real Debezium wrote are stripped of it, as Kafka Connect's
 * converter does with {@code schemas.enable=false}, and read by the catalogue of a PostgreSQL that has the same tables.
 */
class PlainRecordsIT {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(com.fasterxml.jackson.databind.node.JsonNodeFactory.withExactBigDecimals(true))
            .build();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path dir;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws SQLException {
        postgres = EmbeddedPostgres.start(dir);
        postgres.createDatabase("shop");
        execute(
                "create extension hstore",
                "create type mood as enum ('happy', 'so so')",
                "create schema odd",
                """
                create table types (id bigint primary key, i2 smallint, i4 integer, num numeric(12,2), numfree numeric, mon money,
                  r4 real, r8 double precision, yes boolean, c char(5), vc varchar(20), t text, u uuid, m mood, ip inet, ci cidr,
                  mac macaddr, by bytea, js json, jb jsonb, hs hstore, d date, ts timestamp, ts3 timestamp(3), tz timestamptz, ti time,
                  ti3 time(3), tiz timetz, iv interval, ai integer[], at text[], an numeric[], aj jsonb[], atz timestamptz[],
                  au uuid[], ab boolean[], abig bigint[], ir int4range, tr tstzrange, b1 bit(1), b8 bit(8), vb bit varying(10),
                  x xml, tv tsvector, pt point)""",
                """
                create table t2 (id integer primary key, v integer, by bytea, bya bytea[], dates date[], tzs timestamptz[],
                  tss timestamp[], bools boolean[], f8s double precision[], f4s real[], vcs varchar[], i2s smallint[], inets inet[],
                  js json, jsa json[], jba jsonb[], x xml, tv tsvector, vb bit varying, num numeric, ci char(4000), hsa hstore[],
                  enums mood[], times time[])""",
                """
                create table toast (a integer, b text, note text, doc jsonb, bin bytea, arr text[], ints integer[], bigs bigint[],
                  us uuid[], hs hstore, nums numeric[], big numeric, v integer)""",
                """
                create table odd."Strange_Name" ("Key Column" numeric primary key, "a.b" text, "$c" integer, _id text, d date,
                  ts timestamptz)""",
                "create table kd (d date, tz timestamptz, u uuid, by bytea, b boolean, m money)");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = postgres.connect("shop");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static Catalogue.Columns columns(String table) {
        try (Connection connection = postgres.connect("shop")) {
            return PostgresColumns.of(connection, table);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A catalogue that is read when it is asked to be. */
    private static final class Asked implements Catalogue {
        private final String table;
        private Columns seen;

        Asked(String table) {
            this.table = table;
            this.seen = PlainRecordsIT.columns(table);
        }

        @Override
        public Optional<Columns> columns() {
            return Optional.of(seen);
        }

        @Override
        public Columns again() {
            seen = PlainRecordsIT.columns(table);
            return seen;
        }
    }

    private static EnvelopeDecoder plainDecoder(Catalogue catalogue) {
        return new EnvelopeDecoder(UnaryOperator.identity(), catalogue, Set.of());
    }

    private static byte @Nullable [] payload(byte @Nullable [] message) {
        try {
            JsonNode tree = message == null ? null : JSON.readTree(message);
            return tree == null ? null : JSON.writeValueAsBytes(tree.has("payload") ? tree.get("payload") : tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Raw stripped(Raw raw, boolean keyToo) {
        UnaryOperator<byte[]> key = bytes -> keyToo ? payload(bytes) : bytes;
        return new Raw(
                raw.key() == null ? null : key.apply(raw.key()),
                payload(raw.value()),
                raw.newKey() == null ? null : key.apply(raw.newKey()),
                raw.oldKey() == null ? null : key.apply(raw.oldKey()),
                raw.stored(),
                raw.received());
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.types", "public.t2", "public.toast", "public.kd", "odd.Strange_Name"})
    void meanWhatTheyMeanWithASchema(String table) {
        for (boolean keyToo : new boolean[] {false, true}) {
            EnvelopeDecoder plain = plainDecoder(new Asked(table));
            EnvelopeDecoder embedded = new EnvelopeDecoder();
            List<Recorded.Found> all = Recorded.all().stream()
                    .filter(found -> found.topic().endsWith(table))
                    .toList();

            assertThat(all).isNotEmpty().allSatisfy(found -> {
                Decoded with = embedded.decode(found.raw());
                Decoded without = plain.decode(stripped(found.raw(), keyToo));
                if (!(with instanceof Decoded.Of expected)) {
                    assertThat(without).isEqualTo(with);
                    return;
                }
                Captured read = assertThat(without)
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(Decoded.Of.class))
                        .actual()
                        .captured();
                assertThat(read.change()).isEqualTo(expected.captured().change());
                assertThat(read.position()).isEqualTo(expected.captured().position());
                assertThat(read.stamps()).isEqualTo(expected.captured().stamps());
                sameTypes(read.change(), expected.captured().change());
            });
        }
    }

    private static void sameTypes(Change read, Change expected) {
        if (read instanceof Change.Put one && expected instanceof Change.Put other) {
            Row row = one.row();
            for (int i = 0; i < row.size(); i++) {
                var is = row.shape().types().get(i);
                var should = other.row().shape().types().get(i);
                assertThat(List.of(is.source(), is.name(), is.logical(), is.physical()))
                        .as(row.name(i))
                        .isEqualTo(List.of(should.source(), should.name(), should.logical(), should.physical()));
            }
        }
    }

    @Test
    void learnAColumnThatWasAddedAndNoOther() throws SQLException {
        execute("create table grows (id bigint primary key, a text)");
        EnvelopeDecoder decoder = plainDecoder(new Asked("public.grows"));
        assertThat(decoder.decode(row("{\"id\":1,\"a\":\"x\"}"))).isInstanceOf(Decoded.Of.class);

        execute("alter table grows add b numeric(5,2)");

        assertThat(decoder.decode(row("{\"id\":1,\"a\":\"x\",\"b\":\"1.50\"}")))
                .isInstanceOfSatisfying(
                        Decoded.Of.class,
                        of -> assertThat(of.captured().change())
                                .isInstanceOfSatisfying(
                                        Change.Put.class,
                                        put -> assertThat(put.row().value(2))
                                                .isEqualTo(new java.math.BigDecimal("1.50"))));
        assertThat(decoder.decode(row("{\"id\":1,\"a\":\"x\",\"b\":null,\"gone\":5}")))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        unreadable ->
                                assertThat(unreadable.reason()).contains("does not know the type of its column gone"));
    }

    @Test
    void breakWhereATypeChangedSoThatNobodyKnowsHowTheyWereWritten() throws SQLException {
        execute("create table shifts (id bigint primary key, at date)");
        Asked catalogue = new Asked("public.shifts");
        EnvelopeDecoder decoder = plainDecoder(catalogue);
        assertThat(decoder.decode(row("{\"id\":1,\"at\":19000}"))).isInstanceOf(Decoded.Of.class);

        execute("alter table shifts alter at type timestamp, alter id type integer");
        catalogue.again();

        assertThatThrownBy(() -> decoder.decode(row("{\"id\":1,\"at\":19001}")))
                .isInstanceOf(Catalogue.ChangedTypeException.class)
                .hasMessageContaining("The column at was Date and is MicroTimestamp");
    }

    @Test
    void areRefusedWhereNobodyTellsTheTypes() {
        assertThat(new EnvelopeDecoder().decode(row("{\"id\":1}")))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason())
                                .contains("this source does not tell its columns' types"));
    }

    private static Raw row(String after) {
        String value = "{\"before\":null,\"after\":" + after
                + ",\"source\":{\"connector\":\"postgresql\",\"ts_ms\":1000,\"snapshot\":\"false\"},\"op\":\"c\",\"ts_ms\":1001}";
        byte[] key = "{\"id\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new Raw(key, value.getBytes(java.nio.charset.StandardCharsets.UTF_8), null, null, 0, 0);
    }
}
