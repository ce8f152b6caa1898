package io.flywatch.runner.adapter.mongo;

import com.mongodb.WriteConcern;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * A command that somebody wrote, with the write concern that all else is written with: the driver adds none to a command, and what the server
 * takes instead (one member, on servers before 5.0, on sets with arbiters and where an operator says so) may be rolled back after
 * the ledger, which is on a majority, has noted the step as done.
 */
final class ForMajority {
    private static final String WRITE_CONCERN = "writeConcern";

    /** Those that MongoDB's manual lists as taking a write concern; others refuse it (72 InvalidOptions). */
    private static final Set<String> TAKE_ONE = Set.of(
            "insert",
            "update",
            "delete",
            "findAndModify",
            "findandmodify",
            "bulkWrite",
            "applyOps",
            "create",
            "collMod",
            "convertToCapped",
            "cloneCollectionAsCapped",
            "createIndexes",
            "drop",
            "dropDatabase",
            "dropIndexes",
            "renameCollection",
            "createUser",
            "updateUser",
            "dropUser",
            "dropAllUsersFromDatabase",
            "grantRolesToUser",
            "revokeRolesFromUser",
            "createRole",
            "updateRole",
            "dropRole",
            "dropAllRolesFromDatabase",
            "grantPrivilegesToRole",
            "revokePrivilegesFromRole",
            "grantRolesToRole",
            "revokeRolesFromRole");

    private static final List<String> WRITING_STAGES = List.of("$out", "$merge");

    private ForMajority() {}

    /** As it was written, if it names a write concern itself or takes none. */
    static BsonDocument of(BsonDocument command) {
        return command.isEmpty() || command.containsKey(WRITE_CONCERN) || !takesOne(command)
                ? command
                : command.clone().append(WRITE_CONCERN, WriteConcern.MAJORITY.asDocument());
    }

    private static boolean takesOne(BsonDocument command) {
        return switch (command.getFirstKey()) {
            case "aggregate" -> !command.containsKey("explain") && writes(command.get("pipeline", new BsonArray()));
            case "mapReduce", "mapreduce" ->
                !(command.get("out") instanceof BsonDocument out) || !out.containsKey("inline");
            default -> TAKE_ONE.contains(command.getFirstKey());
        };
    }

    private static boolean writes(BsonValue pipeline) {
        return pipeline instanceof BsonArray stages
                && !stages.isEmpty()
                && stages.getLast() instanceof BsonDocument last
                && WRITING_STAGES.stream().anyMatch(last::containsKey);
    }
}
