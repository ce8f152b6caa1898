package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A document's {@code _id} in MongoDB's Extended JSON. Ids that MongoDB holds equal are equal here, as far as whole numbers go: 1 is 1.0.
 *
 * @param json as Debezium writes it in a record's key
 */
public record Bson(String json) {
    private static final Pattern PLAIN_TEXT = Pattern.compile(
            "(?!true$|false$|null$|[0-9a-f]{24}$|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$)[^-+.0-9{\\[\"].*",
            Pattern.DOTALL);
    private static final List<String> NUMBERS = List.of("$numberInt", "$numberLong", "$numberDouble", "$numberDecimal");
    private static final int UUID_BYTES = 16;

    public Bson {
        json = canonical(json);
    }

    private static String canonical(String json) {
        JsonNode value = tree(json);
        boolean wrapped = value.size() == 1 && NUMBERS.stream().anyMatch(value::has);
        try {
            return value.isNumber() || wrapped
                    ? Long.toString(
                            new BigDecimal((wrapped ? value.elements().next() : value).asText()).longValueExact())
                    : json;
        } catch (NumberFormatException | ArithmeticException noWholeNumber) {
            return json;
        }
    }

    private static JsonNode tree(String json) {
        try {
            return ExtendedJson.tree(json);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * The id for a database that has no such types: an ObjectId's digits, a UUID, a number, a text as it is; anything else, and a text
     * that looks like one of these, as JSON. No two ids become one.
     */
    @Override
    public String toString() {
        JsonNode value = tree(json);
        if (value.isTextual()) {
            return PLAIN_TEXT.matcher(value.asText()).matches() ? value.asText() : json;
        }
        if (value.size() == 1 && value.path("$oid").isTextual()) {
            return value.path("$oid").asText();
        }
        JsonNode binary = value.path("$binary");
        return binary.path("subType").asText().equals("04")
                ? uuid(binary.path("base64").asText())
                : json;
    }

    private String uuid(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        return bytes.remaining() == UUID_BYTES ? new UUID(bytes.getLong(), bytes.getLong()).toString() : json;
    }
}
