package io.flywatch.cdc.lag;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long until a log throws away what has not been read or applied yet, if nothing more were read: the time to data loss.
 *
 * @param resource the log: {@link #SOURCE_LOG} or {@link #KAFKA}
 * @param seconds the time; infinite if the log keeps everything, null if it is not measured
 * @param reason what it rests on, for a person
 */
public record Headroom(String resource, @Nullable Double seconds, String reason) {

    /** The source's own log: PostgreSQL's WAL behind the slot, MySQL's binlog, MongoDB's oplog. */
    public static final String SOURCE_LOG = "source_log";

    /** The topics of changes. */
    public static final String KAFKA = "kafka";

    private static final double MEGABYTE = 1024.0 * 1024.0;

    /**
     * What a PostgreSQL replication slot says of itself (pg_replication_slots).
     *
     * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
     * @param safeBytes {@code safe_wal_size}: what can be written before the slot may be lost; null if there is no limit
     * @param retainedBytes from {@code restart_lsn} to the end of the log
     * @param budgetBytes what the disk can hold, as configured; null if unknown
     */
    public record Slot(
            @Nullable String walStatus,
            @Nullable Long safeBytes,
            long retainedBytes,
            @Nullable Long budgetBytes) {

        /** The bytes that are left; null if nobody knows. */
        @Nullable
        Long left() {
            Long ofDisk = budgetBytes == null ? null : Long.valueOf(Math.max(0, budgetBytes - retainedBytes));
            if (safeBytes == null || ofDisk == null) {
                return safeBytes == null ? ofDisk : safeBytes;
            }
            return Math.min(safeBytes, ofDisk);
        }
    }

    /**
     * Of a replication slot.
     *
     * @param bytesPerSecond the fastest that the log grew lately; null if it has not been measured
     */
    public static Headroom ofSlot(Slot slot, @Nullable Double bytesPerSecond) {
        String kept = "the slot keeps " + megabytes(slot.retainedBytes()) + " of WAL";
        if ("lost".equals(slot.walStatus())) {
            return new Headroom(SOURCE_LOG, 0.0, "the slot has lost WAL that was not read: start a new run");
        }
        Long left = slot.left();
        if (left == null) {
            return new Headroom(
                    SOURCE_LOG,
                    null,
                    kept
                            + "; max_slot_wal_keep_size is not set, so the disk is the limit, which PostgreSQL does not tell:"
                            + " set flywatch.cdc.source-log-budget");
        }
        if (bytesPerSecond == null) {
            return new Headroom(SOURCE_LOG, null, kept + "; how fast it grows is not known yet");
        }
        String pace = kept + ", " + megabytes(Math.max(0, left)) + " are left, and it grew by "
                + megabytes(Math.round(bytesPerSecond)) + "/s at the fastest, lately";
        return new Headroom(
                SOURCE_LOG, bytesPerSecond <= 0 ? Double.POSITIVE_INFINITY : Math.max(0, left) / bytesPerSecond, pace);
    }

    /**
     * Of a log that keeps what it has for a time.
     *
     * @param keepSeconds how long; infinite if for ever
     * @param ageSeconds how old the oldest is that is still needed; null if that is not known
     */
    public static Headroom ofTime(String resource, double keepSeconds, @Nullable Double ageSeconds) {
        if (Double.isInfinite(keepSeconds)) {
            return new Headroom(resource, Double.POSITIVE_INFINITY, "it keeps everything");
        }
        String keeps = "it keeps " + Spans.of(keepSeconds);
        return ageSeconds == null
                ? new Headroom(resource, null, keeps + "; how old the oldest is that is needed is not known yet")
                : new Headroom(
                        resource,
                        Math.max(0, keepSeconds - ageSeconds),
                        keeps + ", and the oldest that is needed is " + Spans.of(Math.max(0, ageSeconds)) + " old");
    }

    private static String megabytes(long bytes) {
        double megabytes = bytes / MEGABYTE;
        return megabytes >= 1024
                ? String.format(Locale.ROOT, "%.1f GiB", megabytes / 1024)
                : String.format(Locale.ROOT, "%.1f MiB", megabytes);
    }
}
