package io.flywatch.runner.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * How far a secondary is behind.
 *
 * @param member which one
 * @param by never negative
 */
public record Behind(String member, Duration by) {
    private static final int PRIMARY = 1;
    private static final int SECONDARY = 2;

    /**
     * The slowest of all secondaries that are up and not delayed on purpose, by the server's {@code replSetGetStatus}: the primary's last
     * operation against theirs. Empty if there is none.
     */
    public static Optional<Behind> slowest(BsonDocument status, Set<String> delayed) {
        List<BsonDocument> members = documents(status, "members");
        Optional<Instant> head = members.stream()
                .filter(it -> number(it, "state") == PRIMARY && it.isDateTime("optimeDate"))
                .map(it -> date(it, "optimeDate"))
                .findFirst();
        return head.flatMap(now -> members.stream()
                .filter(it -> number(it, "state") == SECONDARY && it.isDateTime("optimeDate"))
                .filter(it -> !delayed.contains(name(it, "name")))
                .map(it -> of(name(it, "name"), date(it, "optimeDate"), now))
                .max(Comparator.comparing(Behind::by)));
    }

    /**
     * How far the majority is behind, by the server's {@code hello}, which everybody may ask. Empty if it doesn't tell.
     */
    public static Optional<Behind> majority(BsonDocument hello) {
        if (!hello.isDocument("lastWrite")) {
            return Optional.empty();
        }
        BsonDocument last = hello.getDocument("lastWrite");
        return last.isDateTime("lastWriteDate") && last.isDateTime("majorityWriteDate")
                ? Optional.of(of("the majority", date(last, "majorityWriteDate"), date(last, "lastWriteDate")))
                : Optional.empty();
    }

    /** The members that are to be behind, by the server's {@code replSetGetConfig}. */
    public static Set<String> delayed(BsonDocument answer) {
        Set<String> delayed = new HashSet<>();
        if (answer.isDocument("config")) {
            documents(answer.getDocument("config"), "members").stream()
                    .filter(it -> number(it, "secondaryDelaySecs") > 0 || number(it, "slaveDelay") > 0)
                    .forEach(it -> delayed.add(name(it, "host")));
        }
        return delayed;
    }

    private static Behind of(String member, Instant at, Instant head) {
        Duration by = Duration.between(at, head);
        return new Behind(member, by.isNegative() ? Duration.ZERO : by);
    }

    private static List<BsonDocument> documents(BsonDocument in, String key) {
        return !in.isArray(key)
                ? List.of()
                : in.getArray(key).stream()
                        .filter(BsonValue::isDocument)
                        .map(BsonValue::asDocument)
                        .toList();
    }

    private static long number(BsonDocument in, String key) {
        return in.isNumber(key) ? in.getNumber(key).longValue() : 0;
    }

    private static String name(BsonDocument in, String key) {
        return in.isString(key) ? in.getString(key).getValue() : "";
    }

    private static Instant date(BsonDocument in, String key) {
        return Instant.ofEpochMilli(in.getDateTime(key).getValue());
    }
}
