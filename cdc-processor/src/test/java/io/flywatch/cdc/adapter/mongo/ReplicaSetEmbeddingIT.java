package io.flywatch.cdc.adapter.mongo;

import io.flywatch.stack.replica.ReplicaSetStandIn;
import java.util.function.Consumer;

/** The same with transactions. */
class ReplicaSetEmbeddingIT extends EmbeddingIT {
    @Override
    String open(Consumer<AutoCloseable> closing) {
        ReplicaSetStandIn started = ReplicaSetStandIn.start();
        closing.accept(started);
        return started.uri();
    }
}
