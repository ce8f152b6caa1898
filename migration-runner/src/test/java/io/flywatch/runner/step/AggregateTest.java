package io.flywatch.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{$match: {a: 1}}, {$merge: 'totals'}]",
                "[{$group: {_id: '$a', n: {$sum: 1}}}, {$merge: {into: 'totals', whenMatched: 'replace'}}]",
                "[{$project: {_id: 0, a: 1}}, {$group: {_id: '$a'}}, {$merge: 'totals'}]",
                "[{$replaceWith: {_id: '$a', n: 1}}, {$merge: 'totals'}]",
                "[{$unset: '_id'}, {$set: {_id: '$a'}}, {$merge: 'totals'}]",
                "[{$project: {_id: 0, a: 1}}, {$merge: {into: 'totals', on: 'a'}}]",
                "[{$project: {_id: 0, a: 1}}, {$sample: {size: 3}}, {$out: 'totals'}]",
            })
    void runsAgainWhatWritesTheSameAgain(String pipeline) {
        assertThat(step(pipeline).isRepeatable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{$merge: 'source'}]",
                "[{$merge: {into: 'totals', whenMatched: 'fail'}}]",
                "[{$merge: {into: 'totals', whenMatched: [{$set: {n: {$add: ['$n', 1]}}}]}}]",
                "[{$project: {_id: 0, a: 1}}, {$merge: 'totals'}]",
                "[{$project: {_id: false, a: 1}}, {$set: {b: 1}}, {$merge: {into: 'totals', whenMatched: 'replace'}}]",
                "[{$unset: ['_id', 'b']}, {$merge: 'totals'}]",
                "[{$unwind: '$lines'}, {$replaceRoot: {newRoot: '$lines'}}, {$merge: 'totals'}]",
                "[{$replaceWith: {n: 1}}, {$merge: 'totals'}]",
                "[{$sample: {size: 3}}, {$merge: 'totals'}]",
            })
    void doesNotRunAgainWhatWouldAddToWhatItWrote(String pipeline) {
        assertThat(step(pipeline).isRepeatable()).isFalse();
    }

    private static Aggregate step(String pipeline) {
        BsonArray stages = BsonArray.parse(pipeline);
        return new Aggregate(
                "a",
                "source",
                stages.stream()
                        .map(BsonValue::asDocument)
                        .map(BsonDocument::clone)
                        .toList(),
                false);
    }
}
