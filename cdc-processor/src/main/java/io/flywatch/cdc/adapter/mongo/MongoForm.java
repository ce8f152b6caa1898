package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.adapter.verify.Form;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.mapping.FieldPath;
import io.flywatch.cdc.verify.Digest;
import io.flywatch.cdc.verify.ImpossibleException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Rows as documents: what a row has to look like in MongoDB is what applying a change of it would write. */
final class MongoForm implements Form {
    static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final Family family;
    private final RowDigests digests = new RowDigests();
    private @Nullable Shape seen;
    private boolean flat;

    /**
     * A form.
     *
     * @param family what the collection has to do with embedded rows
     */
    MongoForm(Family family) {
        this.family = family;
    }

    @Override
    public Digest digest(Key key, Row row) {
        return isFlat(row.shape()) ? digests.of(key, row) : digests.of(document(key, row));
    }

    private boolean isFlat(Shape shape) {
        if (shape != seen) {
            seen = shape;
            flat = !(family instanceof Family.Child) && RowDigests.areFlat(shape);
        }
        return flat;
    }

    @Override
    public Map<String, @Nullable String> image(Key key, Row row) {
        Map<String, @Nullable String> image =
                image(document(key, row), outer(row.shape().names()));
        FamilyDocuments.arrays(family).forEach(array -> image.put(array, ArrayCheck.RIGHT));
        return image;
    }

    private BsonDocument document(Key key, Row row) {
        BsonDocument document = Documents.of(key, row);
        if (family instanceof Family.Child child) {
            BsonValue parent = FamilyDocuments.parent(child, row)
                    .orElseThrow(() -> new ImpossibleException(
                            "the foreign key " + child.foreignKey() + " has a type that can't be compared"));
            document.put(FieldNames.FLYWATCH, new BsonDocument(FamilyDocuments.PARENT, parent));
        }
        return document;
    }

    /**
     * A canonical text for each field. Numbers are told by kind and value: an integer by its value, a decimal without its trailing zeros.
     * Fields of documents inside are in alphabetical order.
     *
     * @param outer the paths of documents whose fields are told one by one
     */
    static Map<String, @Nullable String> image(BsonDocument document, Set<String> outer) {
        Map<String, @Nullable String> image = new HashMap<>();
        put(document, "", outer, image);
        return image;
    }

    private static void put(
            BsonDocument document, String before, Set<String> outer, Map<String, @Nullable String> image) {
        document.forEach((name, value) -> {
            String path = before + name;
            if (value.isDocument() && outer.contains(path)) {
                put(value.asDocument(), path + ".", outer, image);
            } else {
                image.put(path, value.isNull() ? null : text(value));
            }
        });
    }

    /** The paths of the documents that columns are nested in. */
    static Set<String> outer(Collection<String> columns) {
        Set<String> outer = new HashSet<>();
        for (String column : columns) {
            String path = FieldPath.isNested(column) ? Fields.path(column) : "";
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                outer.add(path.substring(0, dot));
            }
        }
        return outer;
    }

    private static String text(BsonValue value) {
        return switch (value.getBsonType()) {
            case INT32 -> "integer " + value.asInt32().getValue();
            case INT64 -> "integer " + value.asInt64().getValue();
            case DECIMAL128 -> "decimal " + decimal(value.asDecimal128().getValue());
            case DOUBLE -> "double " + value.asDouble().getValue();
            case STRING -> "string " + value.asString().getValue();
            case BOOLEAN -> "boolean " + value.asBoolean().getValue();
            case DATE_TIME -> "date " + value.asDateTime().getValue();
            case BINARY ->
                "binary " + value.asBinary().getType() + " "
                        + Base64.getEncoder().encodeToString(value.asBinary().getData());
            case DOCUMENT -> fields(value.asDocument());
            case ARRAY -> elements(value.asArray());
            default -> value.getBsonType() + " " + value;
        };
    }

    private static String decimal(Decimal128 number) {
        if (!number.isFinite()) {
            return number.toString();
        }
        try {
            BigDecimal exact = number.bigDecimalValue();
            return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toString();
        } catch (ArithmeticException minusZero) {
            return "0";
        }
    }

    private static String fields(BsonDocument document) {
        Map<String, String> sorted = new TreeMap<>();
        document.forEach((name, value) -> sorted.put(name, text(value)));
        return "document "
                + quoted(sorted.entrySet().stream()
                        .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                        .toList());
    }

    private static String elements(List<BsonValue> array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(text(value)));
        return "array " + quoted(texts);
    }

    private static String quoted(List<String> parts) {
        StringBuilder text = new StringBuilder("[");
        parts.forEach(part -> text.append(part.length()).append(':').append(part));
        return text.append(']').toString();
    }
}
