package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A document's {@code _id} in MongoDB's Extended JSON. Ids that MongoDB holds equal are equal here, as far as whole numbers go: 1 is 1.0.
 *
 * @param json as Debezium writes it in a record's key
 */
public record Bson(String json) {
    private static final Pattern PLAIN_TEXT = Pattern.compile(
            "(?!true$|false$|null$|[0-9a-f]{24}$|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$)[^-+.0-9{\\[\"\\x00][^\\x00]*",
            Pattern.DOTALL);
    private static final Pattern DIGITS_OF_OBJECT_ID = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern DIGITS_OF_UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
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

    /** The id that {@link #toString} tells so; empty if it tells none so. */
    public static Optional<Bson> told(String text) {
        Bson id = new Bson(
                PLAIN_TEXT.matcher(text).matches()
                        ? ExtendedJson.text(TextNode.valueOf(text))
                        : DIGITS_OF_OBJECT_ID.matcher(text).matches()
                                ? "{\"$oid\": \"" + text + "\"}"
                                : DIGITS_OF_UUID.matcher(text).matches() ? binary(UUID.fromString(text)) : text);
        return !tree(id.json).isMissingNode() && id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    }

    private static String binary(UUID uuid) {
        byte[] bytes = ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return "{\"$binary\": {\"base64\": \"" + Base64.getEncoder().encodeToString(bytes)
                + "\", \"subType\": \"04\"}}";
    }

    /**
     * The id for a database that has no such types: an ObjectId's digits, a UUID, a number, a text as it is; anything else, and a text
     * that looks like one of these or has a NUL, as JSON. No two ids become one.
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
