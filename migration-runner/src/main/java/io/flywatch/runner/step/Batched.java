package io.flywatch.runner.step;

import org.bson.BsonDocument;

/** A step that walks over the documents of a filter, batch by batch in the order of {@code _id}. */
public sealed interface Batched extends Step permits Delete, Update {

    /** Which documents; empty for all. */
    BsonDocument filter();

    /** How it is paced. */
    Pacing pacing();
}
