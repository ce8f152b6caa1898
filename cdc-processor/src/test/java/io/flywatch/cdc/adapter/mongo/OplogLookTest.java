package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import io.flywatch.cdc.lag.SourceLook;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

/** Answers as MongoDB 7 documents and gives them: the stand-ins have no oplog to read. */
class OplogLookTest {
    private static final String OLDEST = "find 1";
    private static final String NEWEST = "find -1";
    private static final long BEGIN = 1_700_000_000L;

    private final Map<String, BsonDocument> answers = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    OplogLookTest() {
        answers.put(
                "hello", BsonDocument.parse("{ismaster: true, setName: 'rs0', maxBsonObjectSize: 16777216, ok: 1.0}"));
        entries(BEGIN, BEGIN + 86_400);
        answers.put(
                "collStats",
                BsonDocument.parse("{ns: 'local.oplog.rs', size: 1073741824, count: 9000000, capped: true, max: -1,"
                        + " maxSize: {$numberLong: '1073741824'}, ok: 1.0}"));
        answers.put(
                "serverStatus",
                BsonDocument.parse(
                        "{version: '7.0.14', oplogTruncation: {totalTimeProcessingMicros: {$numberLong: '9'},"
                                + " processingMethod: 'sampling', oplogMinRetentionHours: 0.0}, ok: 1.0}"));
    }

    private void entries(long first, long last) {
        answers.put(OLDEST, entry(first));
        answers.put(NEWEST, entry(last));
    }

    private static BsonDocument entry(long seconds) {
        return BsonDocument.parse("{cursor: {firstBatch: [{ts: {$timestamp: {t: " + seconds
                + ", i: 1}}}], id: {$numberLong: '0'}, ns: 'local.oplog.rs'}, ok: 1.0}");
    }

    private BsonDocument answer(BsonDocument command) {
        String name = command.getFirstKey();
        if (refusals.containsKey(name)) {
            throw new MongoCommandException(
                    new BsonDocument("ok", new BsonInt32(0))
                            .append("code", new BsonInt32(refusals.get(name)))
                            .append("codeName", new BsonString("Refused")),
                    new ServerAddress());
        }
        String kept = name.equals("find")
                ? "find " + command.getDocument("sort").getInt32("$natural").getValue()
                : name;
        BsonDocument answer = Objects.requireNonNull(answers.get(kept)).clone();
        return answer.append("localTime", new BsonDateTime(System.currentTimeMillis() + 5_000));
    }

    private SourceLook look() {
        return OplogLook.at((database, command) -> answer(command));
    }

    @Test
    void keepsWhatIsBetweenTheOldestAndTheNewestEntry() {
        SourceLook look = look();

        assertThat(look.keepSeconds()).isEqualTo(86_400);
        assertThat(look.skewSeconds()).isCloseTo(5, offset(1.0));
        assertThat(look.unknown()).isNull();
    }

    @Test
    void willKeepMoreAsLongAsTheOplogIsNotFull() {
        answers.put("collStats", BsonDocument.parse("{size: 268435456, maxSize: {$numberLong: '1073741824'}}"));

        assertThat(look().keepSeconds()).isEqualTo(4 * 86_400);

        entries(BEGIN, BEGIN + 20);
        assertThat(look().keepSeconds()).isNull();
        assertThat(look().unknown()).contains("too young");
    }

    @Test
    void keepsAtLeastWhatIsConfigured() {
        entries(BEGIN, BEGIN + 600);
        answers.put("serverStatus", BsonDocument.parse("{oplogTruncation: {oplogMinRetentionHours: 1.5}}"));

        assertThat(look().keepSeconds()).isEqualTo(5_400);
    }

    @Test
    void takesTheShorterTimeWhereStatisticsAreNotTold() {
        refusals.put("collStats", 13);
        refusals.put("serverStatus", 13);

        assertThat(look().keepSeconds()).isEqualTo(86_400);
    }

    @Test
    void saysWhyItIsNotKnown() {
        refusals.put("find", 13);
        assertThat(look().keepSeconds()).isNull();
        assertThat(look().unknown()).contains("grant it the role read on the database local");

        refusals.clear();
        answers.put("hello", BsonDocument.parse("{msg: 'isdbgrid'}"));
        assertThat(look().unknown()).contains("sharded cluster");

        answers.put("hello", BsonDocument.parse("{ismaster: true}"));
        assertThat(look().unknown()).contains("no replica set");

        answers.put("hello", BsonDocument.parse("{setName: 'rs0'}"));
        answers.put(OLDEST, BsonDocument.parse("{cursor: {firstBatch: []}}"));
        assertThat(look().unknown()).contains("no entries");
    }
}
