package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.cdc.adapter.mongo.CollectionFitness.UnfitException;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of {@code listCollections} as MongoDB 7 and 8 document and give them; the stand-in has none of these kinds. */
class CollectionFitnessTest {
    private static final String PLAIN =
            "{name: 't', type: 'collection', options: {}, info: {readOnly: false}, idIndex: {v: 2, key: {_id: 1}, name: '_id_'}}";
    private static final String COLLATED =
            "{name: 't', type: 'collection', options: {collation: {locale: 'en', caseLevel: false,"
                    + " caseFirst: 'off', strength: 2, numericOrdering: false, alternate: 'non-ignorable', maxVariable: 'punct',"
                    + " normalization: false, backwards: false, version: '57.1'}}, info: {readOnly: false}}";

    private static void check(String answer, Object... key) {
        new CollectionFitness(name -> Optional.of(BsonDocument.parse(answer))).check("t", keys(key));
    }

    private static Stream<Key> keys(Object... values) {
        return Stream.of(values).map(value -> new Key(List.of("id"), List.of(value)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {name: 't', type: 'view', options: {viewOn: 'base', pipeline: []}, info: {readOnly: true}} | is a view of base
                {name: 't', type: 'timeseries', options: {timeseries: {timeField: 'at', granularity: 'seconds'}}} | time-series collection
                {name: 't', type: 'collection', options: {capped: true, size: 4096}} | is a capped collection""")
    void refusesWhatKeepsNoRowsAndSaysWhatToDo(String answer, String reason) {
        assertThatThrownBy(() -> check(answer, 1L))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("name another");
    }

    @Test
    void refusesKeysThatACollationMayHoldEqualAndNoOthers() {
        assertThatThrownBy(() -> check(COLLATED, 1L, "a"))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("en of strength 2")
                .hasMessageContaining("without a collation");
        assertThatCode(() -> check(COLLATED, 1L, true, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(COLLATED.replace("'en'", "'simple'"), "a")).doesNotThrowAnyException();
        assertThatCode(() -> check(PLAIN, "a")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"a.b, a．b", "$price, ＄price", "_id, _id_column", "a\0b\0c, a\0b", "a, a\0b"})
    void refusesTwoColumnsThatWouldBeOneField(String one, String other) {
        Shape shape = Shape.untyped(List.of("id", one, "v", other));

        assertThatThrownBy(() -> CollectionFitness.check(shape))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("would both be the field")
                .hasMessageContaining("target.mapping");
    }

    @Test
    void takesColumnsThatAreNeighboursInOneDocument() {
        assertThatCode(() -> CollectionFitness.check(Shape.untyped(List.of("id", "a\0b", "a\0c", "ab", "a.c", "A"))))
                .doesNotThrowAnyException();
    }

    @Test
    void looksAgainAsLongAsTheCollectionIsUnfitAndAfterTrouble() {
        List<String> answers = new ArrayList<>(List.of(COLLATED, COLLATED, PLAIN, COLLATED));
        CollectionFitness fitness =
                new CollectionFitness(name -> Optional.of(BsonDocument.parse(answers.removeFirst())));

        assertThatThrownBy(() -> fitness.check("t", keys("a"))).isInstanceOf(UnfitException.class);
        assertThatThrownBy(() -> fitness.check("t", keys("a"))).isInstanceOf(UnfitException.class);
        assertThatCode(() -> fitness.check("t", keys("a"))).doesNotThrowAnyException();
        assertThatCode(() -> fitness.check("t", keys("b"))).doesNotThrowAnyException();
        fitness.forget();
        assertThatThrownBy(() -> fitness.check("t", keys("a"))).isInstanceOf(UnfitException.class);
    }
}
