package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForMajorityTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{insert: 'log', documents: [{_id: 1}]}",
                "{collMod: 'log', validator: {}}",
                "{renameCollection: 'a.log', to: 'a.old'}",
                "{aggregate: 'log', pipeline: [{$match: {}}, {$merge: {into: 'old'}}], cursor: {}}",
                "{mapReduce: 'log', map: 'm', reduce: 'r', out: 'sums'}",
                "{createRole: 'reader', privileges: [], roles: []}"
            })
    void wantsAMajorityForWhatWrites(String command) {
        BsonDocument written = BsonDocument.parse(command);

        BsonDocument sent = ForMajority.of(written);

        assertThat(sent.getDocument("writeConcern")).isEqualTo(BsonDocument.parse("{w: 'majority'}"));
        assertThat(sent.getFirstKey()).isEqualTo(written.getFirstKey());
        assertThat(written).as("the checksum is of it").isEqualTo(BsonDocument.parse(command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{insert: 'log', documents: [{_id: 1}], writeConcern: {w: 1}}",
                "{ping: 1}",
                "{validate: 'log'}",
                "{aggregate: 'log', pipeline: [{$match: {}}], cursor: {}}",
                "{aggregate: 'log', pipeline: [], cursor: {}}",
                "{mapReduce: 'log', map: 'm', reduce: 'r', out: {inline: 1}}",
                "{shardCollection: 'a.log', key: {_id: 1}}"
            })
    void leavesAllElseAsItIs(String command) {
        assertThat(ForMajority.of(BsonDocument.parse(command))).isEqualTo(BsonDocument.parse(command));
    }
}
