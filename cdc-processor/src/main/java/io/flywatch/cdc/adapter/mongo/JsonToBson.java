package io.flywatch.cdc.adapter.mongo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * JSON as BSON, without loss: an integer becomes the smallest of int32 and int64 that holds it, a fraction becomes a double if that
 * reads back as the same number, and whatever does not fit becomes a Decimal128, or text beyond 34 digits.
 */
final class JsonToBson {

    /** MongoDB takes documents of a hundred levels, of which the row is the first. */
    private static final int DEEPEST = 99;

    /** Documents have arbitrary names: remembering them all would only fill the table of names. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(200_000)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build();

    private static final int LONG_DIGITS = 18;

    private JsonToBson() {}

    /** Throws if the document is too deep for MongoDB; a text that is no JSON stays text. */
    static BsonValue parse(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            return value(parser);
        } catch (StreamConstraintsException tooDeep) {
            throw new IllegalArgumentException("nested more than a hundred levels deep", tooDeep);
        } catch (IOException notJson) {
            return new BsonString(json);
        }
    }

    private static BsonValue value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> document(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new BsonString(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> fraction(parser.getText());
            case VALUE_TRUE -> BsonBoolean.TRUE;
            case VALUE_FALSE -> BsonBoolean.FALSE;
            case VALUE_NULL -> BsonNull.VALUE;
            case null, default -> throw new IOException("no JSON");
        };
    }

    private static BsonDocument document(JsonParser parser) throws IOException {
        BsonDocument document = new BsonDocument();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            document.put(FieldNames.nested(name), value(parser));
        }
        return document;
    }

    private static BsonArray array(JsonParser parser) throws IOException {
        BsonArray array = new BsonArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static BsonValue integer(JsonParser parser) throws IOException {
        if (parser.getTextLength() > LONG_DIGITS && parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return BsonValues.decimal(new BigDecimal(parser.getBigIntegerValue()));
        }
        long number = parser.getLongValue();
        return number == (int) number ? new BsonInt32((int) number) : new BsonInt64(number);
    }

    private static BsonValue fraction(String text) {
        BigDecimal exact = new BigDecimal(text);
        double near = exact.doubleValue();
        boolean same = Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(exact) == 0;
        return same ? new BsonDouble(near) : BsonValues.decimal(exact);
    }
}
