package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.step.Aggregate;
import io.flywatch.runner.step.Change;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import io.flywatch.runner.step.Delete;
import io.flywatch.runner.step.DropCollection;
import io.flywatch.runner.step.DropIndex;
import io.flywatch.runner.step.Insert;
import io.flywatch.runner.step.Pacing;
import io.flywatch.runner.step.RenameCollection;
import io.flywatch.runner.step.RunCommand;
import io.flywatch.runner.step.SetValidator;
import io.flywatch.runner.step.Step;
import io.flywatch.runner.step.Update;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With the answers of {@code listCollections} of a MongoDB 7, shortened. */
class GroundsTest {
    private static final Map<String, BsonDocument> LISTED = Map.of(
            "orders", BsonDocument.parse("{name: 'orders', type: 'collection', options: {}, info: {readOnly: false}}"),
            "clustered",
                    BsonDocument.parse(
                            "{name: 'clustered', type: 'collection', options: {clusteredIndex: {v: 2, key: {_id: 1}, name: '_id_', unique: true}}}"),
            "german", BsonDocument.parse("{name: 'german', type: 'collection', options: {collation: {locale: 'de'}}}"),
            "daily",
                    BsonDocument.parse(
                            "{name: 'daily', type: 'view', options: {viewOn: 'orders', pipeline: []}, info: {readOnly: true}}"),
            "weather",
                    BsonDocument.parse(
                            "{name: 'weather', type: 'timeseries', options: {timeseries: {timeField: 't', granularity: 'seconds', bucketMaxSpanSeconds: 3600}}}"),
            "log", BsonDocument.parse("{name: 'log', type: 'collection', options: {capped: true, size: 4096}}"));

    private static final Grounds GROUNDS = new Grounds("shop", LISTED);

    static Stream<Arguments> hopeless() {
        return Stream.of(
                Arguments.of(update("daily"), "daily is a view of orders"),
                Arguments.of(delete("daily"), "Name orders"),
                Arguments.of(update("weather"), "weather is a time-series collection"),
                Arguments.of(delete("weather"), "runCommand"),
                Arguments.of(update("log"), "log is capped"),
                Arguments.of(delete("log"), "Copy it with an aggregate step"),
                Arguments.of(update("system.js"), "the server's own"),
                Arguments.of(update(Books.BATCH), "where Flywatch keeps"),
                Arguments.of(new Insert("s", "daily", List.of()), "takes no documents"),
                Arguments.of(index("daily"), "has no indexes"),
                Arguments.of(new DropIndex("s", "daily", "i"), "has no indexes"),
                Arguments.of(validator("daily"), "has no documents to be checked"),
                Arguments.of(validator("weather"), "takes no validator"),
                Arguments.of(new RenameCollection("s", "daily", "x"), "can't be renamed"),
                Arguments.of(new RenameCollection("s", "weather", "x"), "can't be renamed"),
                Arguments.of(new DropCollection("s", "system.views"), "the server's own"),
                Arguments.of(aggregate("{$merge: 'daily'}"), "takes no documents"),
                Arguments.of(aggregate("{$out: 'daily'}"), "takes no documents"),
                Arguments.of(aggregate("{$merge: {into: 'weather'}}"), "$merge can't write into it"),
                Arguments.of(aggregate("{$out: 'log'}"), "$out can't replace it"));
    }

    @ParameterizedTest
    @MethodSource("hopeless")
    void saysWhatStandsInTheWayAndWhatToDoInstead(Step step, String why) {
        assertThat(GROUNDS.obstacle(step))
                .hasValueSatisfying(it -> assertThat(it).contains(why));
    }

    static Stream<Step> possible() {
        return Stream.of(
                update("orders"),
                update("clustered"),
                delete("german"),
                update("not there yet"),
                new Insert("s", "weather", List.of()),
                new Insert("s", "log", List.of()),
                index("weather"),
                index("log"),
                new DropCollection("s", "daily"),
                aggregate("{$merge: 'log'}"),
                aggregate("{$out: 'orders'}"));
    }

    @ParameterizedTest
    @MethodSource("possible")
    void letsPassWhatTheServerTakes(Step step) {
        assertThat(GROUNDS.obstacle(step)).isEmpty();
    }

    @Test
    void refusesToChangeTheServersOwnDatabases() {
        assertThat(new Grounds("config", Map.of()).obstacle(update("settings")))
                .hasValueSatisfying(it -> assertThat(it).contains("config is the server's own"));
    }

    @Test
    void foreseesNothingOfWhatEarlierStepsMakeOtherwise() {
        Foresight foresight = new Foresight(GROUNDS);

        List<Optional<String>> found = Stream.of(
                        update("log"),
                        new DropCollection("s", "log"),
                        new CreateCollection("s", "log", new BsonDocument()),
                        update("log"),
                        delete("daily"),
                        new RunCommand("s", BsonDocument.parse("{drop: 'daily'}"), false, false),
                        delete("daily"))
                .map(foresight::obstacle)
                .toList();

        assertThat(found).map(Optional::isPresent).containsExactly(true, false, false, false, true, false, false);
    }

    private static Step update(String collection) {
        BsonDocument set = BsonDocument.parse("{$set: {a: 1}}");
        return new Update("s", collection, new BsonDocument(), new Change.Operators(set), Pacing.DEFAULT);
    }

    private static Step delete(String collection) {
        return new Delete("s", collection, new BsonDocument(), Pacing.DEFAULT);
    }

    private static Step index(String collection) {
        return new CreateIndex("s", collection, "i", BsonDocument.parse("{a: 1}"), new BsonDocument());
    }

    private static Step validator(String collection) {
        return new SetValidator(
                "s", collection, new BsonDocument(), SetValidator.Level.STRICT, SetValidator.Reaction.ERROR);
    }

    private static Step aggregate(String last) {
        return new Aggregate("s", "orders", List.of(BsonDocument.parse(last)), false);
    }
}
