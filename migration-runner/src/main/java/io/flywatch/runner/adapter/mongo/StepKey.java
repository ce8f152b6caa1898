package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.step.Step;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Which step of which change set.
 *
 * @param place of the step in its change set, from 1
 */
record StepKey(String migrationId, Version version, int place, Step step) {

    /** The id of its checkpoint. */
    String id() {
        return migrationId + "/" + version.text() + "/" + place;
    }

    /** The id of one of its batches; they sort by number. */
    String batchId(long number) {
        return batchId(id(), number);
    }

    static String batchId(String checkpoint, long number) {
        return "%s/%012d".formatted(checkpoint, number);
    }

    /** Finds all of its batches. */
    BsonDocument batches() {
        return new BsonDocument(
                "_id", new BsonDocument("$gte", new BsonString(id() + "/")).append("$lt", new BsonString(id() + "0")));
    }

    /** What a person calls it. */
    String told() {
        return "step %d (%s) of change set %s".formatted(place, step.name(), version);
    }
}
