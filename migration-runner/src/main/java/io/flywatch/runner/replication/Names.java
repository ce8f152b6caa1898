package io.flywatch.runner.replication;

import java.util.List;
import java.util.stream.Collectors;

/** The names that a replication has in the systems that it touches. */
public final class Names {
    /** The heartbeat's table at a source. */
    public static final String HEARTBEAT_TABLE = "flywatch.heartbeat";

    private Names() {}

    /** The connector at Kafka Connect. */
    public static String connector(String migrationId) {
        return "flywatch-" + migrationId;
    }

    /** The replication slot at the source, and the publication: there are no hyphens in them. */
    public static String slot(String migrationId) {
        return shortened("flywatch_" + migrationId.replace('-', '_'));
    }

    /** {@code schema.table} in which the migration's connector is signalled; beside the heartbeat's, as it needs the same rights. */
    public static String signals(String migrationId) {
        return "flywatch." + shortened("signals_" + migrationId.replace('-', '_'));
    }

    /** The topic in which the connector of a MySQL or MariaDB source keeps the definitions of its tables. */
    public static String schemaHistory(String migrationId) {
        return "flywatch.schema-history." + migrationId;
    }

    /** Tables as Debezium's list of regular expressions. */
    public static String includeList(List<String> tables) {
        return tables.stream()
                .map(it -> it.replaceAll("([^A-Za-z0-9_])", "\\\\$1"))
                .collect(Collectors.joining(","));
    }

    /** PostgreSQL cuts names after 63 bytes; two long ids must not become one slot. */
    private static String shortened(String name) {
        return name.length() <= 63 ? name : name.substring(0, 54) + "_" + Integer.toHexString(name.hashCode());
    }
}
