package io.flywatch.runner.adapter.mongo;

import io.flywatch.stack.MongoStandIn;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import io.flywatch.stack.replica.Shape;
import java.util.List;
import java.util.Optional;

/** The sorts of servers that the suites run over: in each of them other things are possible. */
enum Place {
    /** Neither transactions nor updates by pipeline. */
    STAND_IN,
    /** Updates by pipeline alone. */
    ALONE,
    REPLICA_SET,
    ROUTER,
    /** What {@code FLYWATCH_TEST_MONGODB_URI} names. */
    NAMED;

    /** A server that is running. */
    record Running(String uri, Optional<ReplicaSetStandIn> faulty, AutoCloseable owned) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            owned.close();
        }
    }

    /** The server that is named, or one of each sort that there is here. */
    static List<Place> all() {
        return named().isPresent() ? List.of(NAMED) : List.of(STAND_IN, ALONE, REPLICA_SET, ROUTER);
    }

    /** The server that is named, or the plainest. */
    static Place usual() {
        return all().getFirst();
    }

    private static Optional<String> named() {
        return Optional.ofNullable(System.getenv("FLYWATCH_TEST_MONGODB_URI")).filter(it -> !it.isBlank());
    }

    Running start() {
        return switch (this) {
            case STAND_IN -> {
                MongoStandIn standIn = MongoStandIn.start();
                yield new Running(standIn.uri(), Optional.empty(), standIn);
            }
            case ALONE -> start(Shape.STANDALONE);
            case REPLICA_SET -> start(Shape.REPLICA_SET);
            case ROUTER -> start(Shape.MONGOS);
            case NAMED -> new Running(named().orElseThrow(), Optional.empty(), () -> {});
        };
    }

    private static Running start(Shape shape) {
        ReplicaSetStandIn server = ReplicaSetStandIn.start(shape, ReplicaSetStandIn.LIFETIME);
        return new Running(server.uri(), Optional.of(server), server);
    }
}
