package io.flywatch.runner.adapter.yaml;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.flywatch.runner.adapter.yaml.Located.Scalar;
import java.util.stream.Collectors;

/** Writes a part of a document as JSON text, in the order of the file, for MongoDB's own parser of Extended JSON. */
final class ExtendedJson {
    private ExtendedJson() {}

    static String of(Located node) {
        return switch (node) {
            case Located.Obj object ->
                object.members().stream()
                        .map(it -> quoted(it.key()) + ":" + of(it.value()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Located.Arr array ->
                array.items().stream().map(ExtendedJson::of).collect(Collectors.joining(",", "[", "]"));
            case Scalar scalar -> scalar(scalar);
        };
    }

    private static String scalar(Scalar scalar) {
        return switch (scalar.type()) {
            case TEXT -> quoted(scalar.text());
            case WHOLE -> whole(scalar.text());
            case FRACTION, TRUTH, NOTHING -> scalar.text();
        };
    }

    /** A number beyond 64 bits would silently lose digits as a double; as a text the parser refuses it where it matters. */
    private static String whole(String text) {
        return text.replace("_", "");
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
