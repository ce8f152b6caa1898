package io.flywatch.cdc.verify;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in a source's log, in the order in which transactions were committed. */
public sealed interface LogPlace {

    /**
     * Whether an offset of Debezium's says that everything which was committed before this place had been handed over before the record
     * that the offset belongs to. While a table's first rows are still read, no offset says so.
     *
     * @param offset of the source, as Kafka Connect keeps it
     */
    boolean isPassedBy(Map<String, ?> offset);

    /**
     * In PostgreSQL's write-ahead log.
     *
     * @param lsn the end of the log; the end of a transaction that was committed before is not behind it
     */
    record Wal(long lsn) implements LogPlace {

        /** {@code lsn_commit} is the end of the last transaction whose changes have all been handed over. */
        @Override
        public boolean isPassedBy(Map<String, ?> offset) {
            return !isSnapshot(offset)
                    && offset.get("lsn_commit") instanceof Number committed
                    && Long.compareUnsigned(committed.longValue(), lsn) >= 0;
        }

        @Override
        public String toString() {
            return "%X/%X".formatted(lsn >>> 32, lsn & 0xFFFF_FFFFL);
        }
    }

    /**
     * In the binlog of MySQL or MariaDB.
     *
     * @param file {@code name.000123}: the number grows
     * @param position the end of the last transaction
     */
    record Binlog(String file, long position) implements LogPlace {
        private static final Pattern NUMBER = Pattern.compile("\\.(\\d+)$");

        /** {@code pos} is where the transaction begins that is being handed over. */
        @Override
        public boolean isPassedBy(Map<String, ?> offset) {
            if (isSnapshot(offset) || !(offset.get("pos") instanceof Number pos)) {
                return false;
            }
            long ours = number(file);
            long theirs = number(String.valueOf(offset.get("file")));
            return theirs > ours || theirs == ours && pos.longValue() >= position;
        }

        private static long number(String file) {
            Matcher number = NUMBER.matcher(file);
            return number.find() ? Long.parseLong(number.group(1)) : -1;
        }

        @Override
        public String toString() {
            return file + ":" + position;
        }
    }

    /**
     * In MongoDB's oplog. All changes of a transaction share one place, so that only an offset behind it says that all of them were handed
     * over.
     *
     * @param seconds of the cluster time
     * @param ordinal of the operation in its second
     */
    record ClusterTime(long seconds, long ordinal) implements LogPlace {
        private static final Pattern TOKEN =
                Pattern.compile("_data\\x00.{4}82([0-9A-Fa-f]{8})([0-9A-Fa-f]{8})", Pattern.DOTALL);
        private static final int HEX = 16;

        /** The place of the record's event; for one that tells of the connector alone, the time that its resume token begins with. */
        @Override
        public boolean isPassedBy(Map<String, ?> offset) {
            if (Boolean.parseBoolean(String.valueOf(offset.get("initsync")))) {
                return false;
            }
            return offset.get("sec") instanceof Number sec
                            && sec.longValue() > 0
                            && offset.get("ord") instanceof Number ord
                    ? isBefore(sec.longValue(), ord.longValue())
                    : offset.get("resume_token") instanceof String token && isBefore(token);
        }

        private boolean isBefore(long second, long place) {
            return second > seconds || second == seconds && place > ordinal;
        }

        /** A document in base 64, whose field {@code _data} has hexadecimal digits: a type, seconds and ordinal of the cluster time first. */
        private boolean isBefore(String token) {
            try {
                String bytes = new String(Base64.getDecoder().decode(token), StandardCharsets.ISO_8859_1);
                Matcher time = TOKEN.matcher(bytes);
                return time.find() && isBefore(Long.parseLong(time.group(1), HEX), Long.parseLong(time.group(2), HEX));
            } catch (IllegalArgumentException noToken) {
                return false;
            }
        }

        @Override
        public String toString() {
            return seconds + ":" + ordinal;
        }
    }

    /** Rows of an incremental snapshot come between the changes, and hold none of them up. */
    private static boolean isSnapshot(Map<String, ?> offset) {
        @Nullable Object snapshot = offset.get("snapshot");
        return snapshot != null && !"false".equals(snapshot.toString()) && !"INCREMENTAL".equals(snapshot.toString());
    }
}
