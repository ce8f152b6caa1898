package io.flywatch.cdc.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Parking;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.ColumnType;
import io.flywatch.cdc.change.ColumnType.Vendor;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.MongoEvents;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.change.SourcePosition;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.order.Fold;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The guarantees of CORRECTNESS 2 that a target keeps, over a real server. */
public abstract class TargetContract {
    /** Columns as a PostgreSQL source tells them. */
    protected static final Shape SHAPE = new Shape(
            List.of("id", "name", "amount", "note"),
            List.of(
                    type("INT8", -1, -1, "int64"),
                    type("VARCHAR", 20, -1, "string"),
                    type("NUMERIC", 12, 2, "string"),
                    type("TEXT", -1, -1, "string")));

    private static final String RUN = "run-1";
    protected final List<Change> changes = new ArrayList<>();
    protected String table = "none";
    private String key = "id";
    private PartitionId id = new PartitionId("none", "none", 0);

    protected static ColumnType type(String name, int length, int scale, String physical) {
        return new ColumnType(Vendor.POSTGRESQL, name, length, scale, "", physical);
    }

    /** A new client of the target, as another replica would have. */
    protected abstract Target target();

    /** The rows by their ids: each column as text, {@code null} for null. */
    protected abstract Map<Long, List<@Nullable String>> rows(String table);

    /** A row's column as text, {@code null} for null, and {@code missing} where there is no such field. */
    protected abstract @Nullable String value(String table, long id, String column);

    /** A row that this target never takes. */
    protected abstract Row poison(long id);

    /** The document that came from a MongoDB under this id, as JSON; {@code missing} if there is none. */
    protected abstract String document(String table, String id);

    private void document(String op, BsonValue id, @Nullable BsonDocument document, int ordinal) {
        DocumentDecoder decoder = new DocumentDecoder(UnaryOperator.identity());
        switch (decoder.decode(MongoEvents.change(op, id, document, 1_700_000_000L, ordinal))) {
            case Decoded.Of of -> changes.add(of.captured().change());
            case Decoded.Nothing nothing -> {}
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
        }
    }

    @Test
    void takesDocumentsOfAMongoDbWhole() {
        key = "_id";
        Target target = target();
        long epoch = begun(target);
        BsonObjectId oid = new BsonObjectId(new ObjectId("64fab2c1d2e3f40516273849"));
        BsonDocument order = new BsonDocument("_id", oid)
                .append("total", new BsonDecimal128(Decimal128.parse("9.990")))
                .append("qty", new BsonInt64(5))
                .append("rate", new BsonDouble(Double.NaN))
                .append(
                        "doubles",
                        new BsonArray(DoubleStream.of(
                                        -0.0, 5, 1e7, -1.25e8, 1e10, 1e16, 1e17, 1e200, -1e300, 1e-10, Double.MIN_VALUE)
                                .mapToObj(BsonDouble::new)
                                .toList()))
                .append("name", new BsonString("Zoë 🚚"))
                .append("lines", new BsonArray(List.of(new BsonDocument("sku", BsonNull.VALUE))));
        document("r", oid, order, 1);
        document("r", new BsonString("gone"), new BsonDocument("_id", new BsonString("gone")), 1);
        document("c", new BsonInt64(7), new BsonDocument("_id", new BsonInt64(7)).append("a", new BsonInt32(1)), 2);
        applied(target, epoch, 0, 3);
        BsonDocument changed = order.clone();
        changed.remove("lines");
        document("u", oid, changed, 3);
        document("u", new BsonString("gone"), null, 4);
        document("d", new BsonString("gone"), null, 5);
        document("u", new BsonInt32(7), new BsonDocument("_id", new BsonInt64(7)).append("b", BsonNull.VALUE), 6);
        applied(target, epoch, 3, 7);

        assertThat(BsonDocument.parse(document(table, "64fab2c1d2e3f40516273849")))
                .isEqualTo(changed);
        assertThat(BsonDocument.parse(document(table, "7")))
                .isEqualTo(new BsonDocument("_id", new BsonInt64(7)).append("b", BsonNull.VALUE));
        assertThat(document(table, "gone")).isEqualTo("missing");
    }

    @BeforeEach
    void name(TestInfo test) {
        changes.clear();
        key = "id";
        table = "t_" + test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
        table = table.substring(0, Math.min(40, table.length()));
        id = new PartitionId("pipe-" + table, "cdc.p.public." + table, 0);
    }

    protected static Key key(long id) {
        return new Key(List.of("id"), List.of(id));
    }

    protected static Row row(long id, @Nullable Object name, @Nullable String amount, @Nullable Object note) {
        return new Row(SHAPE, id, name, amount == null ? null : new BigDecimal(amount), note);
    }

    protected void put(Row row) {
        changes.add(
                new Change.Put(key(((Number) java.util.Objects.requireNonNull(row.value(0))).longValue()), row, null));
    }

    protected void delete(long row) {
        changes.add(new Change.Delete(key(row), null));
    }

    protected long take(Target target) {
        return switch (target.take(id, RUN)) {
            case Taken.Ours ours -> ours.epoch();
            case Taken.Away away -> throw new AssertionError(away.reason());
        };
    }

    private static Position at(long offset) {
        return new Position(
                offset,
                RUN,
                "topic-1",
                new SourcePosition(List.of(7L, offset)),
                1_700_000_000_000_000L + offset,
                true,
                new Counts(1, offset, 0, 0, 0));
    }

    protected long begun(Target target) {
        long epoch = take(target);
        assertThat(target.begin(id, epoch, at(0))).isInstanceOf(Outcome.Applied.class);
        return epoch;
    }

    protected Batch batch(long epoch, long from, long to) {
        Fold fold = new Fold();
        changes.forEach(fold::add);
        changes.clear();
        TableRoute route = new TableRoute("public." + table, table, List.of(key));
        return new Batch(id, epoch, new Route.Table(route), fold.result(), at(from), at(to), Set.of(), Map.of());
    }

    protected void applied(Target target, long epoch, long from, long to) {
        assertThat(target.apply(batch(epoch, from, to))).isEqualTo(new Outcome.Applied());
    }

    @Test
    void keepsThePositionWithTheRows() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "Zoë 🚚", "10.50", "a\\b'c\"d"));
        put(row(2, "", null, null));
        applied(target, epoch, 0, 2);

        assertThat(rows(table))
                .containsEntry(1L, List.of("Zoë 🚚", "10.50", "a\\b'c\"d"))
                .containsEntry(2L, java.util.Arrays.asList("", null, null));
        assertThat(target().take(id, RUN)).isInstanceOfSatisfying(Taken.Ours.class, ours -> {
            assertThat(ours.epoch()).isEqualTo(epoch + 1);
            assertThat(ours.position()).isEqualTo(at(2));
        });
    }

    @Test
    void takesABatchOnceHoweverOftenItIsSent() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "first", "1.00", null));
        Batch first = batch(epoch, 0, 1);
        assertThat(target.apply(first)).isInstanceOf(Outcome.Applied.class);
        put(row(1, "second", "2.00", null));
        applied(target, epoch, 1, 2);

        assertThat(target.apply(first)).isInstanceOf(Outcome.Fenced.class);

        assertThat(rows(table).get(1L)).contains("second");
    }

    @Test
    void answersAppliedForTheBatchThatItIsAt() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "first", "1.00", null));
        Batch first = batch(epoch, 0, 1);
        assertThat(target.apply(first)).isInstanceOf(Outcome.Applied.class);

        assertThat(target.apply(first)).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void rejectsALateReplica() {
        Target late = target();
        long old = begun(late);
        long young = take(target());
        put(row(1, "late", "1.00", null));

        assertThat(late.apply(batch(old, 0, 1))).isInstanceOf(Outcome.Fenced.class);
        assertThat(late.begin(id, old, at(9))).isInstanceOf(Outcome.Fenced.class);
        assertThat(rows(table)).isEmpty();
        put(row(1, "young", "1.00", null));
        applied(late, young, 0, 1);
    }

    @Test
    void deletesWhatIsThereAndNothingElse() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", null));
        put(row(2, "b", "1.00", null));
        applied(target, epoch, 0, 1);
        delete(1);
        delete(77);
        applied(target, epoch, 1, 2);

        assertThat(rows(table)).containsOnlyKeys(2L);
    }

    @Test
    void leavesUnavailableValuesAsTheyStand() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", "too large to be sent twice"));
        applied(target, epoch, 0, 1);
        put(row(1, "b", "2.00", Unavailable.VALUE));
        put(row(2, "complete", "2.00", "whole"));
        applied(target, epoch, 1, 2);

        assertThat(rows(table))
                .containsEntry(1L, List.of("b", "2.00", "too large to be sent twice"))
                .containsEntry(2L, List.of("complete", "2.00", "whole"));
    }

    @Test
    void carriesLargeValuesToAChangedKeyInOneBatchAndInTwo() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", "large of 1"));
        put(row(2, "b", "1.00", "large of 2"));
        applied(target, epoch, 0, 1);
        changes.add(new Change.Delete(key(1), key(11)));
        changes.add(new Change.Put(key(11), row(11, "a", "3.00", Unavailable.VALUE), key(1)));
        changes.add(new Change.Delete(key(2), key(12)));
        applied(target, epoch, 1, 2);
        assertThat(rows(table)).containsOnlyKeys(11L);

        Target restarted = target();
        changes.add(new Change.Put(key(12), row(12, "b", "4.00", Unavailable.VALUE), key(2)));
        applied(restarted, epoch, 2, 3);

        assertThat(rows(table))
                .containsEntry(11L, List.of("a", "3.00", "large of 1"))
                .containsEntry(12L, List.of("b", "4.00", "large of 2"));
    }

    @Test
    void emptiesATruncatedTableAndGoesOn() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", null));
        applied(target, epoch, 0, 1);
        put(row(2, "b", "1.00", null));
        changes.add(new Change.Truncate());
        put(row(3, "c", "1.00", null));
        applied(target, epoch, 1, 2);

        assertThat(rows(table)).containsOnlyKeys(3L);
    }

    @Test
    void findsTheRowsThatItNeverTakesAndKeepsNothingOfTheBatch() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "before", "1.00", null));
        applied(target, epoch, 0, 1);
        for (long row = 10; row < 60; row++) {
            put(row == 17 || row == 44 ? poison(row) : row(row, "good", "1.00", null));
        }
        delete(1);

        Outcome outcome = target.apply(batch(epoch, 1, 2));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reasons()).containsOnlyKeys(key(17), key(44)));
        put(row(2, "after", "1.00", null));
        applied(target, epoch, 1, 2);
        assertThat(rows(table)).containsKeys(2L).doesNotContainKeys(17L, 44L);
    }

    @Test
    void remembersParkedKeysOfTheRunAlone() {
        Target target = target();
        long epoch = begun(target);
        String long1 = "id=" + "x".repeat(3_000);
        Batch empty = batch(epoch, 0, 1);
        Batch parking = new Batch(
                id,
                epoch,
                empty.route(),
                empty.folded(),
                at(0),
                at(1),
                Set.of(),
                Map.of("id=1", new Parking(3, 2), long1, new Parking(4, 1)));
        assertThat(target.apply(parking)).isEqualTo(new Outcome.Applied());
        Batch releasing = new Batch(
                id,
                epoch,
                empty.route(),
                empty.folded(),
                at(1),
                at(2),
                Set.of(long1),
                Map.of("id=1", new Parking(3, 5)));
        assertThat(target.apply(releasing)).isEqualTo(new Outcome.Applied());

        assertThat(target().take(id, RUN))
                .isInstanceOfSatisfying(
                        Taken.Ours.class,
                        ours -> assertThat(ours.parked()).containsExactly(Map.entry("id=1", new Parking(3, 5))));
        assertThat(target().take(id, "run-2"))
                .isInstanceOfSatisfying(
                        Taken.Ours.class, ours -> assertThat(ours.parked()).isEmpty());
    }

    @Test
    void endsAsTheSourceWhateverTheBatches() {
        Target target = target();
        long epoch = begun(target);
        Random random = new Random(42);
        Map<Long, List<@Nullable String>> expected = new TreeMap<>();
        long offset = 0;
        for (int batch = 0; batch < 30; batch++) {
            int size = 1 + random.nextInt(60);
            for (int i = 0; i < size; i++) {
                change(random, expected, batch + "/" + i);
            }
            applied(target, epoch, offset, offset + size);
            offset += size;
        }

        assertThat(rows(table)).isEqualTo(expected);
    }

    private void change(Random random, Map<Long, List<@Nullable String>> expected, String stamp) {
        long row = random.nextInt(25);
        int what = random.nextInt(20);
        if (what == 0) {
            changes.add(new Change.Truncate());
            expected.clear();
        } else if (what < 6) {
            delete(row);
            expected.remove(row);
        } else if (what < 10 && expected.containsKey(row)) {
            long to = 100 + random.nextInt(25);
            List<@Nullable String> old = expected.remove(row);
            changes.add(new Change.Delete(key(row), key(to)));
            changes.add(new Change.Put(key(to), row(to, stamp, "5.00", Unavailable.VALUE), key(row)));
            expected.put(to, java.util.Arrays.asList(stamp, "5.00", old == null ? null : old.get(2)));
        } else if (what < 15 && expected.containsKey(row)) {
            put(row(row, stamp, "6.00", Unavailable.VALUE));
            expected.put(
                    row,
                    java.util.Arrays.asList(stamp, "6.00", expected.get(row).get(2)));
        } else {
            put(row(row, stamp, "7.00", "note " + stamp));
            expected.put(row, List.of(stamp, "7.00", "note " + stamp));
        }
    }

    @Test
    void fillsAColumnThatWasAddedAtTheSourceWithItsDefault() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "before", "1.00", null));
        put(row(2, "before", "1.00", null));
        applied(target, epoch, 0, 1);
        List<String> names = new ArrayList<>(SHAPE.names());
        names.addAll(List.of("size", "said", "open"));
        List<ColumnType> types = new ArrayList<>(SHAPE.types());
        types.addAll(
                List.of(type("INT4", -1, -1, "int32"), type("TEXT", -1, -1, "string"), type("TEXT", -1, -1, "string")));
        List<@Nullable Object> defaults = new ArrayList<>(java.util.Collections.nCopies(SHAPE.size(), null));
        defaults.addAll(java.util.Arrays.asList(7, "it's \\ so", null));
        Shape wider = new Shape(names, types, defaults);
        put(row(2, "of the old shape", "2.00", null));
        changes.add(
                new Change.Put(key(3), new Row(wider, 3L, "new", new BigDecimal("3.00"), null, 8, "no", "yes"), null));
        applied(target, epoch, 1, 2);

        for (long id = 1; id <= 2; id++) {
            assertThat(value(table, id, "size")).isEqualTo("7");
            assertThat(value(table, id, "said")).isEqualTo("it's \\ so");
            assertThat(value(table, id, "open")).isNull();
        }
        assertThat(value(table, 3, "size")).isEqualTo("8");
        assertThat(rows(table).get(2L)).contains("of the old shape");
    }
}
