package io.flywatch.quickstart.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.flywatch.quickstart.source.Table;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.MongoStandIn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableComparisonIT {

    private static final Table LINES = new Table("public", "lines", List.of("order_id", "no"));

    @TempDir
    Path dir;

    @Test
    void findsEachSortOfDifference() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dir);
                MongoStandIn mongo = MongoStandIn.start();
                var client = MongoClients.create(mongo.uri());
                Connection source = postgres.connect("postgres");
                Statement statement = source.createStatement()) {
            statement.execute("CREATE TABLE lines (order_id int, no int, price numeric, tags text[], at timestamptz,"
                    + " took interval, PRIMARY KEY (order_id, no))");
            statement.execute(
                    "INSERT INTO lines SELECT i / 3, i % 3, i / 4.0, ARRAY['a', null], '2026-01-02 03:04:05.678901+00',"
                            + " '1 mon 2 days 03:04:05.5' FROM generate_series(1, 2500) AS i");
            source.setAutoCommit(false);
            MongoCollection<BsonDocument> target = client.getDatabase("d").getCollection("lines", BsonDocument.class);
            for (int i = 1; i <= 2500; i++) {
                target.insertOne(document(i));
            }

            TableVerdict equal = TableComparison.of(LINES, source, target);
            target.deleteOne(BsonDocument.parse("{_id: {order_id: 100, no: 1}}"));
            target.insertOne(BsonDocument.parse("{_id: {order_id: 100, no: 7}}"));
            target.updateOne(
                    BsonDocument.parse("{_id: {order_id: 3, no: 0}}"), BsonDocument.parse("{$set: {tags: ['a']}}"));
            target.updateOne(
                    BsonDocument.parse("{_id: {order_id: 4, no: 0}}"), BsonDocument.parse("{$set: {more: 1}}"));
            TableVerdict unequal = TableComparison.of(LINES, source, target);

            assertThat(equal.examples()).isEmpty();
            assertThat(equal.equal()).isTrue();
            assertThat(equal.rows()).isEqualTo(2500);
            assertThat(unequal.equal()).isFalse();
            assertThat(unequal.missing()).isEqualTo(1);
            assertThat(unequal.extra()).isEqualTo(1);
            assertThat(unequal.different()).isEqualTo(2);
            assertThat(unequal.examples())
                    .hasSize(3)
                    .anySatisfy(example -> assertThat(example).contains("key 3, 0, column tags"))
                    .anySatisfy(example -> assertThat(example).contains("further fields [more]"))
                    .anySatisfy(example -> assertThat(example).contains("key 100, 1 is missing"));
        }
    }

    private static BsonDocument document(int i) {
        return BsonDocument.parse("""
                {_id: {order_id: %1$d, no: %2$d}, order_id: %1$d, no: %2$d, price: {$numberDecimal: "%3$s"}, tags: ["a", null],
                 at: {$date: "2026-01-02T03:04:05.678Z"}, took: "P0Y1M2DT3H4M5.5S"}""".formatted(i / 3, i % 3, i / 4.0));
    }
}
