package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is declared, and how MongoDB lists it after it was made. */
class SameAsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {} | {}
            {capped: true, size: 1000} | {capped: true, size: 4096}
            {capped: true, size: 5000} | {capped: true, size: 5120}
            {capped: true, size: 5000, max: 10} | {capped: true, size: {$numberLong: "5000"}, max: 10}
            {collation: {locale: 'de'}} | {collation: {locale: 'de', caseLevel: false, strength: 3, version: '57.1'}}
            {collation: {locale: 'simple'}} | {}
            {clusteredIndex: {key: {_id: 1}, unique: true}} | {clusteredIndex: {v: 2, key: {_id: 1}, name: '_id_', unique: true}}
            {timeseries: {timeField: 't'}, comment: 'x'} | {timeseries: {timeField: 't', granularity: 'seconds', bucketMaxSpanSeconds: 3600}}
            {validator: {a: {$gt: 1}}} | {validator: {a: {$gt: 1}}, validationLevel: 'strict', validationAction: 'error'}
            """)
    void knowsACollectionAgainThatItMade(String asked, String listed) {
        assertThatCode(() -> SameAs.check(collection(asked), options(listed))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {} | {viewOn: 'orders', pipeline: []} | viewOn
            {} | {capped: true, size: 4096} | capped
            {} | {timeseries: {timeField: 't'}} | timeseries
            {} | {collation: {locale: 'de'}} | collation
            {capped: true, size: 9000} | {capped: true, size: 4096} | size
            {validator: {a: 1}} | {validator: {a: 1, b: 1}} | validator
            """)
    void refusesAnotherCollectionOfThatName(String asked, String listed, String difference) {
        assertThatThrownBy(() -> SameAs.check(collection(asked), options(listed)))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("another definition: its " + difference);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {a: 1, b: -1} | {background: true} | {v: 2, key: {a: 1, b: -1}, name: 'i'}
            {text: 'text'} | {default_language: 'german'} | {v: 2, key: {_fts: 'text', _ftsx: 1}, name: 'i', weights: {text: 1}, default_language: 'german', language_override: 'language', textIndexVersion: 3}
            {place: '2dsphere'} | {} | {v: 2, key: {place: '2dsphere'}, name: 'i', '2dsphereIndexVersion': 3}
            {'$**': 1} | {wildcardProjection: {a: 1, 'b.c': 1}} | {v: 2, key: {'$**': 1}, name: 'i', wildcardProjection: {a: true, b: {c: true}}}
            {a: 1} | {unique: true, collation: {locale: 'en', strength: 2}} | {v: 2, key: {a: 1}, name: 'i', unique: true, collation: {locale: 'en', strength: 2, version: '57.1'}}
            """)
    void knowsAnIndexAgainThatItMade(String keys, String options, String listed) {
        assertThatCode(() -> SameAs.check(index(keys, options), BsonDocument.parse(listed)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {a: 1} | {} | {key: {a: -1}, name: 'i'} | keys
            {a: 1} | {unique: true} | {key: {a: 1}, name: 'i'} | unique
            {a: 1} | {partialFilterExpression: {a: 1}} | {key: {a: 1}, name: 'i', partialFilterExpression: {a: 1, b: 1}} | partialFilterExpression
            """)
    void refusesAnotherIndexOfThatName(String keys, String options, String listed, String difference) {
        assertThatThrownBy(() -> SameAs.check(index(keys, options), BsonDocument.parse(listed)))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("its " + difference);
    }

    private static CreateCollection collection(String options) {
        return new CreateCollection("s", "c", BsonDocument.parse(options));
    }

    private static BsonDocument options(String listed) {
        return new BsonDocument("options", BsonDocument.parse(listed));
    }

    private static CreateIndex index(String keys, String options) {
        return new CreateIndex("s", "c", "i", BsonDocument.parse(keys), BsonDocument.parse(options));
    }
}
