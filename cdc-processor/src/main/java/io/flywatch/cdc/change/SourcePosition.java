package io.flywatch.cdc.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the source's log. Places are compared as numbers, part by part: as text {@code 00000.123} would come before
 * {@code 00000.23} (apache/hudi #9475).
 *
 * @param parts for PostgreSQL the log position of the last commit before, then that of the change itself; for MySQL and MariaDB the
 *     number of the log file and the place in it; for MongoDB the cluster time's second and its ordinal
 * @param transaction the transaction's global id, if the source has such; null if not
 */
public record SourcePosition(List<Long> parts, @Nullable GlobalId transaction) implements Comparable<SourcePosition> {
    private static final int DECIMAL = 10;
    private static final Pattern FILE = Pattern.compile(".*\\.(\\d+)");

    public SourcePosition {
        parts = List.copyOf(parts);
    }

    /** A place of a log without global ids. */
    public SourcePosition(List<Long> parts) {
        this(parts, null);
    }

    /**
     * A transaction's id that every server of a group shares.
     *
     * @param origin the server or domain whose transactions are numbered
     */
    public record GlobalId(String origin, long number) {
        /** Reads MySQL's {@code uuid:23} and MariaDB's {@code domain-server-23}. */
        static Optional<GlobalId> parse(String text) {
            int colon = text.lastIndexOf(':');
            int dash = text.lastIndexOf('-');
            int split = colon > 0 ? colon : dash;
            if (split <= 0) {
                return Optional.empty();
            }
            String origin = colon > 0 ? text.substring(0, colon) : text.substring(0, text.indexOf('-'));
            try {
                return Optional.of(new GlobalId(origin, Long.parseLong(text.substring(split + 1))));
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }
    }

    /**
     * The place that Debezium names, or that {@link #text} wrote.
     *
     * @param sequence its {@code source.sequence}, a list of numbers as JSON text
     * @return empty if a part is missing, as it is before the first commit: such a place can't be compared
     */
    public static Optional<SourcePosition> parse(String sequence) {
        int at = sequence.indexOf('@');
        int end = at < 0 ? sequence.length() : at;
        List<Long> parts = new ArrayList<>(2);
        // Once for each change: what regular expressions need for it showed in profiles.
        StringBuilder digits = new StringBuilder(end);
        try {
            for (int i = 0; i < end; i++) {
                char c = sequence.charAt(i);
                if (c == ',') {
                    parts.add(Long.parseLong(digits, 0, digits.length(), DECIMAL));
                    digits.setLength(0);
                } else if (c != '[' && c != ']' && c != '"' && !Character.isWhitespace(c)) {
                    digits.append(c);
                }
            }
            parts.add(Long.parseLong(digits, 0, digits.length(), DECIMAL));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
        GlobalId transaction =
                at < 0 ? null : GlobalId.parse(sequence.substring(at + 1)).orElse(null);
        return Optional.of(new SourcePosition(parts, transaction));
    }

    /**
     * A place in a binary log. Rows of one event share it, and so are never taken for one another's past.
     *
     * @param file its name ends in its number
     */
    static Optional<SourcePosition> ofBinaryLog(String file, long place, @Nullable String gtid) {
        Matcher number = FILE.matcher(file);
        return number.matches()
                ? Optional.of(new SourcePosition(
                        List.of(Long.parseLong(number.group(1)), place),
                        gtid == null ? null : GlobalId.parse(gtid).orElse(null)))
                : Optional.empty();
    }

    /**
     * Whether this is surely the past of another place. After a failover to another server, files are numbered anew, and only the
     * transactions' ids still tell; where the two disagree it is not sure, and a change is rather applied again than lost.
     */
    public boolean isBefore(SourcePosition other) {
        if (compareTo(other) >= 0) {
            return false;
        }
        GlobalId mine = transaction;
        GlobalId theirs = other.transaction;
        return mine == null
                || theirs == null
                || (mine.origin().equals(theirs.origin()) && mine.number() < theirs.number());
    }

    @Override
    public int compareTo(SourcePosition other) {
        int common = Math.min(parts.size(), other.parts.size());
        for (int i = 0; i < common; i++) {
            int order = Long.compare(parts.get(i), other.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }

    /** As {@link #parse} reads it. */
    public String text() {
        String places = parts.toString().replace(" ", "");
        return transaction == null ? places : places + "@" + transaction.origin() + ":" + transaction.number();
    }
}
