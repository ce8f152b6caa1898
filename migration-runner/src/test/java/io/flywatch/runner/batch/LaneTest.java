package io.flywatch.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class LaneTest {

    /** A number that no cut misses and no two lanes share. */
    @Property(tries = 200)
    void hasEachIdInExactlyOneLane(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -50, max = 50) Integer> sample,
            @ForAll @IntRange(min = 1, max = 9) int workers,
            @ForAll @IntRange(min = -60, max = 60) int id) {
        List<BsonValue> sorted = new ArrayList<>();
        new TreeSet<>(sample).forEach(it -> sorted.add(new BsonInt32(it)));

        List<Lane> lanes = Lane.cut(sorted, workers);

        assertThat(lanes).hasSizeBetween(1, workers);
        assertThat(lanes.stream().filter(it -> contains(it, id)).count()).isEqualTo(1);
        for (IdType type : IdType.values()) {
            long holders = lanes.stream().filter(it -> it.has(type)).count();
            assertThat(holders).isEqualTo(type == IdType.NUMBER ? lanes.size() : 1);
        }
    }

    @Test
    void isTheSameAfterItWasKept() {
        List<Lane> lanes = Lane.cut(List.of(new BsonString("a"), new BsonString("b"), new BsonString("c")), 3);

        assertThat(lanes)
                .hasSize(3)
                .allSatisfy(it -> assertThat(Lane.of(it.kept())).isEqualTo(it));
        assertThat(Lane.of(Lane.WHOLE.kept())).isEqualTo(Lane.WHOLE);
    }

    @Test
    void goesOnFromACursorAndNotFromItsOwnBeginning() {
        Lane lane = new Lane(1, 2, IdType.NUMBER, new BsonInt32(5), null);

        assertThat(lane.range(IdType.NUMBER, null)).isEqualTo(BsonDocument.parse("{_id: {$gt: 5}}"));
        assertThat(lane.range(IdType.NUMBER, new BsonInt32(7))).isEqualTo(BsonDocument.parse("{_id: {$gt: 7}}"));
        assertThat(lane.range(IdType.STRING, null)).isEqualTo(BsonDocument.parse("{_id: {$gte: ''}}"));
    }

    @Test
    void doesNotCutWhatCanNotBeCut() {
        assertThat(Lane.cut(List.of(), 4)).containsExactly(Lane.WHOLE);
        assertThat(Lane.cut(List.of(BsonNull.VALUE), 4)).containsExactly(Lane.WHOLE);
    }

    private static boolean contains(Lane lane, int id) {
        BsonDocument bounds = lane.range(IdType.NUMBER, null).getDocument("_id");
        return bounds.entrySet().stream().allMatch(it -> {
            double bound = it.getValue().asNumber().doubleValue();
            return switch (it.getKey()) {
                case "$gt" -> id > bound;
                case "$gte" -> id >= bound;
                default -> id <= bound;
            };
        });
    }
}
