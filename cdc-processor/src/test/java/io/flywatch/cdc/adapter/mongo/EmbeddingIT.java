package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.change.Unavailable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lines embedded into invoices, each table written by a replica of its own. */
class EmbeddingIT extends InvoicesAtMongo {

    @Test
    void waitsForItsParentAndFollowsItEverywhere() {
        Target target = taken();
        apply(target, "line", lined(2, 7, "b"), lined(1, 7, "a"), lined(3, null, "none's"));
        assertThat(lines(7)).isNull();
        apply(target, "invoice", invoiced(7, "Ada"), invoiced(8, "Bob"));
        assertThat(lines(7)).containsExactly("1 a", "2 b");
        assertThat(lines(8)).isEmpty();

        apply(target, "line", lined(2, 8, "moved"), lined(3, 7, "came"), unlined(1));
        assertThat(lines(7)).containsExactly("3 came");
        assertThat(lines(8)).containsExactly("2 moved");

        apply(target, "invoice", invoiced(7, "Ada L."), new Change.Delete(invoice(8), null));
        assertThat(lines(7)).containsExactly("3 came");
        assertThat(lines(8)).isNull();
        apply(target, "invoice", invoiced(8, "Bob again"));
        assertThat(lines(8)).containsExactly("2 moved");
    }

    @Test
    void takesDocumentsThatWereThereBeforeAnythingWasEmbedded() {
        server.database(DATABASE)
                .getCollection(name, BsonDocument.class)
                .insertMany(List.of(
                        BsonDocument.parse("{_id: {$numberLong: '7'}, customer: 'old', lines: 'none yet'}"),
                        BsonDocument.parse("{_id: {$numberLong: '8'}, customer: 'old'}")));
        Target target = taken();
        apply(target, "line", lined(1, 7, "a"));
        assertThat(lines(7)).containsExactly("1 a");

        apply(target, "invoice", invoiced(8, "Bob"));
        assertThat(lines(8)).isEmpty();
        apply(target, "line", lined(2, 8, "b"));
        assertThat(lines(8)).containsExactly("2 b");
    }

    @Test
    void followsChangedKeysOfBothAndCarriesLargeValues() {
        Target target = taken();
        apply(target, "invoice", invoiced(7, "Ada"));
        apply(target, "line", lined(1, 7, "a"), lined(2, 7, "b"));

        apply(
                target,
                "invoice",
                new Change.Delete(invoice(7), invoice(70)),
                new Change.Put(invoice(70), new Row(INVOICE, 70L, "Ada", Unavailable.VALUE), invoice(7)));
        assertThat(lines(70)).isEmpty();
        apply(
                target,
                "line",
                new Change.Put(line(1), new Row(LINE, 1, 70, "a", Unavailable.VALUE), null),
                new Change.Delete(line(2), line(20)),
                new Change.Put(line(20), new Row(LINE, 20, 70, "b", Unavailable.VALUE), line(2)));

        assertThat(lines(70)).containsExactly("1 a", "20 b");
        BsonDocument document = server.database(DATABASE)
                .getCollection(name, BsonDocument.class)
                .find(new BsonDocument("_id", new BsonInt64(70)))
                .first();
        assertThat(document).isNotNull();
        assertThat(document.getArray("lines").get(1))
                .isEqualTo(BsonDocument.parse("{line_id: 20, article: 'b', large: 'large 2'}"));
    }

    @Test
    void emptiesArraysAndDocumentsThatAreTruncated() {
        Target target = taken();
        apply(target, "invoice", invoiced(7, "Ada"), invoiced(8, "Bob"));
        apply(target, "line", lined(1, 7, "a"), lined(2, 8, "b"));

        apply(target, "line", new Change.Truncate(), lined(3, 8, "c"));
        assertThat(lines(7)).isEmpty();
        assertThat(lines(8)).containsExactly("3 c");

        apply(target, "invoice", new Change.Truncate(), invoiced(8, "Bob"));
        assertThat(lines(7)).isNull();
        assertThat(lines(8)).containsExactly("3 c");
    }

    @Test
    void givesElementsAColumnThatWasAdded() {
        Target target = taken();
        apply(target, "invoice", invoiced(7, "Ada"));
        apply(target, "line", lined(1, 7, "a"), lined(2, 7, "b"));
        Shape wider = Shape.untyped(List.of("line_id", "invoice_id", "article", "large", "tax"));

        apply(target, "line", new Change.Put(line(2), new Row(wider, 2, 7, "b", "l", 19), null));

        BsonDocument document = server.database(DATABASE)
                .getCollection(name, BsonDocument.class)
                .find()
                .first();
        assertThat(document).isNotNull();
        assertThat(document.getArray("lines").getFirst().asDocument()).containsKey("tax");
    }

    @Test
    void refusesRowsWithWhichADocumentWouldGrowTooLarge() {
        Target target = taken();
        apply(target, "invoice", invoiced(7, "Ada"));
        String large = "x".repeat(1 << 20);
        Change[] many = IntStream.range(0, 20).mapToObj(i -> lined(i, 7, large)).toArray(Change[]::new);

        Outcome outcome = attempt(target, "line", many);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reasons())
                                .containsOnlyKeys(line(15), line(16), line(17), line(18), line(19))
                                .allSatisfy((key, reason) -> assertThat(reason).contains("embedded")));
        apply(target, "line", Arrays.copyOf(many, 15));
        assertThat(lines(7)).hasSize(15);
        assertThat(attempt(target, "line", lined(15, 7, large))).isInstanceOf(Outcome.Refused.class);
        apply(target, "line", lates(large));
        assertThat(attempt(target, "invoice", invoiced(9, "too late"))).isInstanceOf(Outcome.Refused.class);
    }

    private static Change[] lates(String large) {
        return IntStream.range(100, 120).mapToObj(i -> lined(i, 9, large)).toArray(Change[]::new);
    }

    @Test
    void endsAsTheSourceWhileTwoReplicasWriteAtOnce() throws Exception {
        Random random = new Random(7);
        Map<Long, String> invoices = new TreeMap<>();
        Map<Integer, @Nullable Integer> lines = new TreeMap<>();
        List<List<Change>> ofInvoices = new ArrayList<>();
        List<List<Change>> ofLines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ofInvoices.add(invoiceChanges(random, invoices));
            ofLines.add(lineChanges(random, lines));
        }
        Target one = target();
        take(one, "invoice");
        Target other = target();
        take(other, "line");
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both = List.of(
                    threads.submit(() -> ofInvoices.forEach(it -> apply(one, "invoice", it.toArray(Change[]::new)))),
                    threads.submit(() -> ofLines.forEach(it -> apply(other, "line", it.toArray(Change[]::new)))));
            for (Future<?> each : both) {
                each.get(120, TimeUnit.SECONDS);
            }
        }

        invoices.forEach((invoice, customer) -> {
            List<String> expected = new ArrayList<>();
            lines.forEach((line, of) -> {
                if (of != null && of == invoice.longValue()) {
                    expected.add(line + " x");
                }
            });
            assertThat(lines(invoice)).describedAs("lines of %s", invoice).isEqualTo(expected);
        });
        assertThat(server.database(DATABASE).getCollection(name).countDocuments())
                .isEqualTo(invoices.size());
        assertThat(server.database(DATABASE)
                        .getCollection(StaleArrays.COLLECTION)
                        .countDocuments())
                .isZero();
    }

    private static List<Change> invoiceChanges(Random random, Map<Long, String> invoices) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            long id = random.nextInt(8);
            if (random.nextInt(3) == 0) {
                invoices.remove(id);
                changes.add(new Change.Delete(invoice(id), null));
            } else {
                invoices.put(id, "c");
                changes.add(invoiced(id, "c"));
            }
        }
        return changes;
    }

    private static List<Change> lineChanges(Random random, Map<Integer, @Nullable Integer> lines) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            int id = random.nextInt(20);
            if (random.nextInt(40) == 0) {
                lines.clear();
                changes.add(new Change.Truncate());
            } else if (random.nextInt(4) == 0) {
                lines.remove(id);
                changes.add(unlined(id));
            } else {
                Integer invoice = random.nextInt(8) == 0 ? null : Integer.valueOf(random.nextInt(9));
                lines.put(id, invoice);
                changes.add(lined(id, invoice, "x"));
            }
        }
        return changes;
    }
}
