package io.flywatch.system.bench.verify;

import com.mongodb.client.MongoCollection;
import io.flywatch.stack.EmbeddedPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;

/** A table of orders, and equal copies of it. */
final class VerifiedTable {
    static final String NAME = "orders";

    private static final int BATCH = 2_000;

    private VerifiedTable() {}

    /** The same rows for the same number, wherever they are made. */
    static void make(EmbeddedPostgres postgres, String database, long rows) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists " + NAME);
            statement.execute(
                    "create table " + NAME + " (id bigint primary key, customer text not null, total numeric(12,2),"
                            + " placed_at timestamptz(3) not null, paid boolean, items int not null, note text)");
            statement.execute("insert into " + NAME
                    + " select i, 'customer ' || i % 5000, i % 100000 / 100.0, '2025-01-01 00:00:00+00'::timestamptz"
                    + " + i * interval '1 second', i % 3 = 0, i % 7, case when i % 4 = 0 then null else repeat('n', 40) || i end"
                    + " from generate_series(1, " + rows + ") i");
            statement.execute("vacuum analyze " + NAME);
        }
    }

    /** Them as documents. */
    static void copy(EmbeddedPostgres postgres, MongoCollection<Document> to) throws SQLException {
        to.drop();
        List<Document> batch = new ArrayList<>();
        try (Connection connection = postgres.connect("source");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(BATCH);
            try (ResultSet row = statement.executeQuery("select * from " + NAME)) {
                while (row.next()) {
                    batch.add(document(row));
                    if (batch.size() == BATCH) {
                        to.insertMany(batch);
                        batch.clear();
                    }
                }
            }
        }
        if (!batch.isEmpty()) {
            to.insertMany(batch);
        }
    }

    private static Document document(ResultSet row) throws SQLException {
        BigDecimal total = row.getBigDecimal("total");
        return new Document("_id", row.getLong("id"))
                .append("id", row.getLong("id"))
                .append("customer", row.getString("customer"))
                .append("total", new Decimal128(total))
                .append("placed_at", new Date(row.getTimestamp("placed_at").getTime()))
                .append("paid", row.getBoolean("paid"))
                .append("items", row.getInt("items"))
                .append("note", row.getString("note"));
    }

    /** One checksum of all rows, as fast as one connection gets it. */
    static double bare(EmbeddedPostgres postgres, List<String> databases, long rows) throws SQLException {
        long begin = System.nanoTime();
        for (String database : databases) {
            try (Connection connection = postgres.connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet sum = statement.executeQuery(
                            "select sum(('x' || substr(md5(o::text), 1, 16))::bit(64)::bigint) from " + NAME + " o")) {
                sum.next();
            }
        }
        return rows / ((System.nanoTime() - begin) / 1e9);
    }
}
