package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.MongoClients;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.target.TargetContract;
import io.flywatch.stack.MongoStandIn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** MongoDB as a target: the stand-in, or the server that FLYWATCH_TEST_MONGODB_URI names. */
class MongoTargetIT extends TargetContract {
    private static @Nullable MongoStandIn standIn;
    private static final String DATABASE =
            "contract_" + UUID.randomUUID().toString().substring(0, 8);

    @SuppressWarnings("NullAway.Init")
    private static Server server;

    @BeforeAll
    static void start() {
        String named = System.getenv("FLYWATCH_TEST_MONGODB_URI");
        String uri = Optional.ofNullable(named).filter(it -> !it.isBlank()).orElseGet(() -> {
            MongoStandIn started = MongoStandIn.start();
            standIn = started;
            return started.uri();
        });
        server = new Server("contract", MongoClients.create(uri));
    }

    @AfterAll
    static void stop() {
        server.database(DATABASE).drop();
        server.close();
        if (standIn != null) {
            standIn.close();
        }
    }

    @Override
    protected Target target() {
        return new MongoTarget(server, DATABASE, Clock.systemUTC());
    }

    @Override
    protected Row poison(long id) {
        return row(id, "deeper than a document may be", "1.00", new Json("[".repeat(120) + "]".repeat(120)));
    }

    @Override
    protected @Nullable String value(String table, long id, String column) {
        Document document = server.database(DATABASE)
                .getCollection(table)
                .find(new Document("_id", id))
                .first();
        if (document == null || !document.containsKey(column)) {
            return "missing";
        }
        return document.get(column) == null ? null : String.valueOf(document.get(column));
    }

    @Override
    protected Map<Long, List<@Nullable String>> rows(String table) {
        Map<Long, List<@Nullable String>> rows = new TreeMap<>();
        for (Document document : server.database(DATABASE).getCollection(table).find()) {
            List<@Nullable String> columns = new ArrayList<>();
            columns.add(document.getString("name"));
            Decimal128 amount = document.get("amount", Decimal128.class);
            columns.add(amount == null ? null : amount.bigDecimalValue().toPlainString());
            columns.add(document.getString("note"));
            rows.put(document.getLong("_id"), columns);
        }
        return rows;
    }
}
