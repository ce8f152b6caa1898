package io.flywatch.stack.replica;

import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands fail, as the fail point {@code failCommand} of the real server does; also set by the command {@code
 * configureFailPoint}, to which {@code afterExecution} is added here.
 *
 * @param commands the names of the commands that fail
 * @param appName only those of clients with this name; null for all
 * @param skip how many pass before the first fails
 * @param times how many fail
 * @param errorCode the error that is answered; 0 for none
 * @param errorLabels the labels of the error; null for those that the code has by itself
 * @param closeConnection whether the line is closed instead of an answer
 * @param writeConcernError is put on the answer of a command that was done; null for none
 * @param delayMillis how long a command is held up, or its answer if it is done before
 * @param afterExecution whether the command is done before it fails, so that only its answer is lost or late
 */
public record FailPoint(
        Set<String> commands,
        @Nullable String appName,
        int skip,
        int times,
        int errorCode,
        @Nullable List<String> errorLabels,
        boolean closeConnection,
        @Nullable BsonDocument writeConcernError,
        long delayMillis,
        boolean afterExecution) {
    private static final int ALWAYS = Integer.MAX_VALUE;

    public FailPoint {
        commands = Set.copyOf(commands);
        errorLabels = errorLabels == null ? null : List.copyOf(errorLabels);
    }

    /** These commands fail once with this error. */
    public static FailPoint error(int code, String... commands) {
        return new FailPoint(Set.of(commands), null, 0, 1, code, null, false, null, 0, false);
    }

    /** The line is closed once before one of these commands is done. */
    public static FailPoint lostRequest(String... commands) {
        return new FailPoint(Set.of(commands), null, 0, 1, 0, null, true, null, 0, false);
    }

    /** One of these commands is done, and the line is closed before its answer. */
    public static FailPoint lostAnswer(String... commands) {
        return new FailPoint(Set.of(commands), null, 0, 1, 0, null, true, null, 0, true);
    }

    /** One of these commands of a client with this name is done, and its answer comes so much later. */
    public static FailPoint lateAnswer(String appName, long millis, String... commands) {
        return new FailPoint(Set.of(commands), appName, 0, 1, 0, null, false, null, millis, true);
    }

    /** The same, this many times. */
    public FailPoint times(int times) {
        return new FailPoint(
                commands,
                appName,
                skip,
                times,
                errorCode,
                errorLabels,
                closeConnection,
                writeConcernError,
                delayMillis,
                afterExecution);
    }

    /** The same, after this many have passed. */
    public FailPoint skip(int skip) {
        return new FailPoint(
                commands,
                appName,
                skip,
                times,
                errorCode,
                errorLabels,
                closeConnection,
                writeConcernError,
                delayMillis,
                afterExecution);
    }

    /** Reads {@code configureFailPoint}; null if it switches off. */
    static @Nullable FailPoint of(BsonDocument command) {
        BsonDocument data = command.getDocument("data", new BsonDocument());
        int skip = 0;
        int times = ALWAYS;
        if (command.isDocument("mode")) {
            BsonDocument mode = command.getDocument("mode");
            skip = mode.getNumber("skip", new BsonInt32(0)).intValue();
            times = mode.getNumber("times", new BsonInt32(ALWAYS)).intValue();
        } else if (command.getString("mode").getValue().equals("off")) {
            return null;
        }
        List<String> labels = data.containsKey("errorLabels")
                ? data.getArray("errorLabels").stream()
                        .map(it -> it.asString().getValue())
                        .toList()
                : null;
        return new FailPoint(
                Set.copyOf(data.getArray("failCommands", new BsonArray()).stream()
                        .map(it -> it.asString().getValue())
                        .toList()),
                data.containsKey("appName")
                        ? data.getString("appName", new BsonString("")).getValue()
                        : null,
                skip,
                times,
                data.getNumber("errorCode", new BsonInt32(0)).intValue(),
                labels,
                data.getBoolean("closeConnection", BsonBoolean.FALSE).getValue(),
                data.getDocument("writeConcernError", null),
                data.getBoolean("blockConnection", BsonBoolean.FALSE).getValue()
                        ? data.getNumber("blockTimeMS", new BsonInt32(0)).longValue()
                        : 0,
                data.getBoolean("afterExecution", BsonBoolean.FALSE).getValue());
    }
}
