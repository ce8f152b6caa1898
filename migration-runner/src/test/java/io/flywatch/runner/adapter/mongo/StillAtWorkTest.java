package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

class StillAtWorkTest {
    /** As the server documents the answer of {@code currentOp}, shortened. */
    private static final String ANSWER = """
            {inprog: [
              {type: 'op', host: 'db1:27017', connectionId: 8, appName: 'flywatch-runner', active: true, opid: 1107,
               secs_running: {$numberLong: '0'}, op: 'update', ns: 'shop.orders', command: {$truncated: '...'}},
              {type: 'op', appName: 'flywatch-runner', active: true, opid: 'shard1:12', op: 'update', ns: 'shop.orders'},
              {type: 'idleSession', ns: 'shop.orders'}],
             ok: 1.0}
            """;

    @Test
    void waitsForWhatIsAtWorkAndForNothingThatBeginsLater() {
        Queue<String> answers =
                new ArrayDeque<>(List.of("{inprog: [{opid: 5}, {opid: 7}]}", "{inprog: [{opid: 7}, {opid: 9}]}"));
        AtomicInteger pauses = new AtomicInteger();
        StillAtWork sent = new StillAtWork(() ->
                StillAtWork.ids(BsonDocument.parse(answers.isEmpty() ? "{inprog: [{opid: 9}]}" : answers.remove())));

        sent.await(pauses::incrementAndGet);

        assertThat(pauses).hasValue(2);
    }

    @Test
    void readsTheServersAnswer() {
        assertThat(StillAtWork.ids(BsonDocument.parse(ANSWER)))
                .containsExactlyInAnyOrder(new BsonInt32(1107), new BsonString("shard1:12"));
        assertThat(StillAtWork.ids(BsonDocument.parse("{ok: 1}"))).isEmpty();
    }
}
