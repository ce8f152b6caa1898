package io.flywatch.runner.adapter.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.flywatch.runner.adapter.yaml.Located.Place;
import io.flywatch.runner.adapter.yaml.Located.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Builds a tree that remembers where each value stands; Jackson's own tree forgets it. */
final class LocatedReader {
    private final JsonParser parser;
    private final Flaws flaws;

    LocatedReader(JsonParser parser, Flaws flaws) {
        this.parser = parser;
        this.flaws = flaws;
    }

    /** The one document of the parser, or nothing if there is none. */
    Located document() throws IOException {
        Place start = new Place(1, 1, "$");
        if (parser.nextToken() == null) {
            return new Scalar(start, Scalar.Type.NOTHING, "");
        }
        Located document = value(start);
        if (parser.nextToken() != null) {
            flaws.add(here(start), "There is a second document.", "Put each migration into a file of its own.");
        }
        return document;
    }

    private Located value(Place parent) throws IOException {
        Place place = here(parent);
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            flaws.add(place, "Aliases are not read.", "Write the value out.");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(place);
            case START_ARRAY -> array(place);
            case VALUE_NUMBER_INT -> new Scalar(place, Scalar.Type.WHOLE, parser.getText());
            case VALUE_NUMBER_FLOAT -> new Scalar(place, Scalar.Type.FRACTION, parser.getText());
            case VALUE_TRUE, VALUE_FALSE ->
                new Scalar(place, Scalar.Type.TRUTH, Boolean.toString(parser.getBooleanValue()));
            case VALUE_NULL -> new Scalar(place, Scalar.Type.NOTHING, "null");
            case VALUE_STRING -> new Scalar(place, Scalar.Type.TEXT, parser.getText());
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("unexpected token " + token);
        };
    }

    private Located object(Place place) throws IOException {
        List<Located.Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place at = here(place).in(key);
            if (members.stream().anyMatch(it -> it.key().equals(key))) {
                flaws.add(at, "The key '" + key + "' is there twice.", "Keep one of the two.");
            }
            parser.nextToken();
            members.add(new Located.Member(at, key, value(at)));
        }
        return new Located.Obj(place, members);
    }

    private Located array(Place place) throws IOException {
        List<Located> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(new Place(place.line(), place.column(), place.path() + "[" + items.size() + "]")));
        }
        return new Located.Arr(place, items);
    }

    private Place here(Place parent) {
        JsonLocation location = parser.currentTokenLocation();
        return parent.at(location.getLineNr(), location.getColumnNr());
    }
}
