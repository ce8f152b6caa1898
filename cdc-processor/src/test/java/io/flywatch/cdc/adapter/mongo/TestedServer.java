package io.flywatch.cdc.adapter.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClients;
import io.flywatch.stack.MongoStandIn;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The MongoDB that tests run on. */
final class TestedServer {
    private TestedServer() {}

    /** The server that FLYWATCH_TEST_MONGODB_URI names, or the stand-in, which is closed in the end. */
    static String uri(Consumer<AutoCloseable> closing) {
        String named = System.getenv("FLYWATCH_TEST_MONGODB_URI");
        if (named != null && !named.isBlank()) {
            return named;
        }
        MongoStandIn started = MongoStandIn.start();
        closing.accept(started);
        return started.uri();
    }

    static Server open(String name, String uri) {
        return new Server(
                name,
                MongoClients.create(MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(uri))
                        .applyToServerSettings(it -> it.minHeartbeatFrequency(20, TimeUnit.MILLISECONDS))
                        .writeConcern(WriteConcern.MAJORITY)
                        .build()));
    }
}
