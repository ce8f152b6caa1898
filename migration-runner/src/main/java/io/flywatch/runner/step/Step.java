package io.flywatch.runner.step;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** One thing that a change set does. */
public sealed interface Step
        permits Aggregate,
                Batched,
                CreateCollection,
                CreateIndex,
                DropCollection,
                DropIndex,
                Expect,
                Insert,
                JavaStep,
                RenameCollection,
                RunCommand,
                SetValidator {

    /** What a person calls it; unique enough to be found in the file. */
    String name();

    /** The collection that it changes, or what stands for it where that is not known. */
    String collection();

    /** All that decides what the step does, in a fixed order of keys; what only sets its pace is left out. */
    BsonDocument content();

    /** Differs when the step would do something else. */
    default String checksum() {
        JsonWriterSettings exact =
                JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
        return Checksum.of(List.of(content().toJson(exact)));
    }
}
