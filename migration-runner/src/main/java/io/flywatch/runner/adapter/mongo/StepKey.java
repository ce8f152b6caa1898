package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.step.Step;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Which step of which change set.
 *
 * @param place of the step in its change set, from 1
 * @param path tells apart the step, what undoes it, and the parts that several workers walk
 */
record StepKey(String migrationId, Version version, int place, String path, Step step) {
    private static final String UNDO = "undo-";

    /** The step itself. */
    static StepKey of(String migrationId, Version version, int place, Step step) {
        return new StepKey(migrationId, version, place, Integer.toString(place), step);
    }

    /** The n-th of the steps that undo this one. */
    StepKey undo(int nth, Step by) {
        return new StepKey(migrationId, version, place, UNDO + place + "-" + nth, by);
    }

    /** What one of several workers does. */
    StepKey lane(int number) {
        return new StepKey(migrationId, version, place, path + "/w" + number, step);
    }

    boolean isUndo() {
        return path.startsWith(UNDO);
    }

    /** The id of its checkpoint. */
    String id() {
        return migrationId + "/" + version.canonical() + "/" + path;
    }

    /** The id of one of its batches; they sort by number. */
    String batchId(long number) {
        return batchId(id(), number);
    }

    static String batchId(String checkpoint, long number) {
        return "%s/%012d".formatted(checkpoint, number);
    }

    /** Finds all that is kept below it: its batches, its lanes and theirs. */
    BsonDocument below() {
        return new BsonDocument(
                "_id", new BsonDocument("$gte", new BsonString(id() + "/")).append("$lt", new BsonString(id() + "0")));
    }

    /** What a person calls it. */
    String told() {
        return isUndo()
                ? "Rolling back step %d of change set %s (%s)".formatted(place, version, step.name())
                : "Step %d (%s) of change set %s".formatted(place, step.name(), version);
    }
}
