package io.flywatch.cdc.adapter.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;

/** The tables that verifications are kept in, and what each database says otherwise of them. */
enum VerificationTables {
    POSTGRESQL {
        /** Two replicas that make the tables at the same time would collide. */
        @Override
        List<String> tables() {
            return List.of(
                    "select pg_advisory_xact_lock(hashtext('flywatch_verifications'))",
                    "create table if not exists flywatch_verifications (id text primary key, pipeline text not null,"
                            + " epoch bigint not null, lease_until timestamptz not null, wish text not null,"
                            + " open boolean not null, outdated boolean not null, requested_at timestamptz not null,"
                            + " state text not null)",
                    "create table if not exists flywatch_mismatches (cursor text primary key, verification text not null,"
                            + " table_name text not null, kind text not null, key_parts text[] not null,"
                            + " columns text[] not null, found_at timestamptz not null)");
        }

        @Override
        String time(Instant time) {
            return time.toString();
        }

        @Override
        String millis(String column) {
            return "extract(epoch from " + column + ") * 1000";
        }

        @Override
        String cursor(String place) {
            return place;
        }

        @Override
        String place() {
            return "cursor";
        }

        @Override
        String ordered() {
            return "cursor collate \"C\"";
        }

        @Override
        String replacing() {
            return " on conflict (cursor) do update set kind = excluded.kind, columns = excluded.columns,"
                    + " found_at = excluded.found_at";
        }
    },

    /** An index takes no long text there, so that places are digests. */
    MYSQL {
        private static final String SUFFIX = " engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin";

        @Override
        List<String> tables() {
            return List.of(
                    "create table if not exists flywatch_verifications (id varchar(255) primary key,"
                            + " pipeline varchar(255) not null, epoch bigint not null, lease_until datetime(6) not null,"
                            + " wish varchar(20) not null, open boolean not null, outdated boolean not null,"
                            + " requested_at datetime(6) not null, state longtext not null)" + SUFFIX,
                    "create table if not exists flywatch_mismatches (place char(64) primary key,"
                            + " verification varchar(255) not null, table_name varchar(255) not null,"
                            + " kind varchar(20) not null, key_parts longtext not null, columns longtext not null,"
                            + " found_at datetime(6) not null, index of_verification (verification, place))" + SUFFIX);
        }

        @Override
        String time(Instant time) {
            return LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString();
        }

        @Override
        String millis(String column) {
            return "unix_timestamp(" + column + ") * 1000";
        }

        @Override
        String cursor(String place) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException everyPlatformHasIt) {
                throw new IllegalStateException(everyPlatformHasIt);
            }
        }

        @Override
        String place() {
            return "place";
        }

        @Override
        String ordered() {
            return "place";
        }

        @Override
        String replacing() {
            return " on duplicate key update kind = values(kind), columns = values(columns), found_at = values(found_at)";
        }
    };

    /** Statements that make the tables where they are missing. */
    abstract List<String> tables();

    /** A time as a statement takes it. */
    abstract String time(Instant time);

    /** A column's time in milliseconds. */
    abstract String millis(String column);

    /** What a mismatch is kept under. */
    abstract String cursor(String place);

    /** The column that holds it. */
    abstract String place();

    /** The column as mismatches are ordered by it. */
    abstract String ordered();

    /** The end of a statement that inserts a mismatch, which may be there already. */
    abstract String replacing();

    /** Makes the tables where they are missing. */
    void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : tables()) {
                statement.execute(each);
            }
        }
    }
}
