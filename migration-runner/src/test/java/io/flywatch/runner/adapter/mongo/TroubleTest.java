package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleTest {
    @ParameterizedTest
    @ValueSource(ints = {6, 89, 91, 133, 189, 10107, 11600, 11602, 13435, 13436})
    void takesAServerThatIsGoingForAway(int code) {
        assertThat(Trouble.isPassing(command(code))).isTrue();
        assertThat(Trouble.waiting(command(code)))
                .startsWith("waiting: the target does not answer (the server says " + code);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 43, 46, 112, 117, 175, 239, 246, 262, 365, 12586, 12587})
    void waitsForWhatIsInTheWay(int code) {
        assertThat(Trouble.isPassing(command(code))).isTrue();
        assertThat(Trouble.waiting(command(code))).startsWith("waiting: the target is busy");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 13, 50, 64, 66, 85, 86, 100, 121, 166, 257, 263, 290, 11000, 11601})
    void doesNotRepeatWhatIsRefused(int code) {
        assertThat(Trouble.isPassing(command(code))).isFalse();
    }

    @Test
    void waitsForAServerThatHasTooMuchToDo() {
        MongoException overloaded = command(462);
        overloaded.addLabel("SystemOverloadedError");

        assertThat(Trouble.isPassing(overloaded)).isTrue();
        assertThat(Trouble.isPassing(command(462))).isFalse();
    }

    @Test
    void seesThatAPrimaryWentWhileABulkWaitedForTheMajority() {
        WriteConcernError went = new WriteConcernError(189, "PrimarySteppedDown", "went", new BsonDocument());

        assertThat(Trouble.isPassing(bulk(List.of(), went))).isTrue();
        assertThat(Trouble.isPassing(bulk(List.of(new BulkWriteError(11000, "E11000", new BsonDocument(), 0)), went)))
                .isFalse();
        assertThat(Trouble.isPassing(bulk(List.of(new BulkWriteError(112, "conflict", new BsonDocument(), 0)), null)))
                .isTrue();
    }

    private static MongoException command(int code) {
        return new MongoCommandException(
                BsonDocument.parse("{ok: 0, errmsg: 'no', code: " + code + ", codeName: 'Name'}"), new ServerAddress());
    }

    private static MongoException bulk(List<BulkWriteError> errors, @Nullable WriteConcernError concern) {
        return new MongoBulkWriteException(
                BulkWriteResult.unacknowledged(), errors, concern, new ServerAddress(), Set.of());
    }
}
