package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.system.faults.documents.DocumentRoute;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On the server that {@code FLYWATCH_TEST_MONGODB_URI} names, else on the stand-in for a replica set. */
class MongoSourceIT {
    @Test
    void isEqualAtAPostgresqlAfterSnapshotAndStreamOverTroubles() throws Exception {
        DocumentRoute route = new DocumentRoute("postgresql", System.getenv("FLYWATCH_TEST_MONGODB_URI"));

        assertThat(route.run(new Random(21), 2)).isEmpty();
    }
}
