package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.adapter.yaml.Located.Member;
import io.flywatch.runner.adapter.yaml.Located.Obj;
import io.flywatch.runner.adapter.yaml.Located.Scalar;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.json.JsonParseException;

/**
 * Asks an object for its keys, one by one, and notes what is missing or of the wrong kind; {@link #done} notes the keys that nobody
 * asked for. What is asked for is always answered, with an empty value at worst, so that one flaw doesn't hide the next.
 */
final class Fields {
    /** More is a slip, and more than a date can hold once it is added to one. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** How the driver says that a special value is none. */
    private static final Pattern NO_VALUE = Pattern.compile("Exception converting value '(.*)' to type \\S*?(\\w+)$");

    private static final String TEXT = "Give it a text.";

    private final Obj object;
    private final Flaws flaws;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Obj object, Flaws flaws) {
        this.object = object;
        this.flaws = flaws;
    }

    static Fields of(Located node, String what, Flaws flaws) {
        if (node instanceof Obj object) {
            return new Fields(object, flaws);
        }
        flaws.add(node.place(), "Here stands " + node.kind() + ".", "Write " + what + " as an object with keys.");
        return new Fields(new Obj(node.place(), List.of()), new Flaws(""));
    }

    Located.Place place() {
        return object.place();
    }

    Optional<Located> find(String key) {
        known.add(key);
        return object.members().stream()
                .filter(it -> it.key().equals(key))
                .map(Member::value)
                .findFirst();
    }

    /** All keys with their values, for an object whose keys are names. */
    List<Member> members() {
        object.members().forEach(member -> known.add(member.key()));
        return object.members();
    }

    Optional<Located> need(String key, String remedy) {
        Optional<Located> found = find(key);
        if (found.isEmpty()) {
            flaws.add(object.place(), "The key '" + key + "' is missing.", remedy);
        }
        return found;
    }

    String text(String key, String remedy) {
        return need(key, remedy).map(it -> asText(it, remedy)).orElse("");
    }

    String text(String key, String remedy, Predicate<String> form) {
        Optional<Located> node = need(key, remedy);
        String text = node.map(it -> asText(it, remedy)).orElse("");
        if (node.isPresent() && !text.isEmpty() && !form.test(text)) {
            flaws.add(node.get().place(), "'" + text + "' is not allowed for '" + key + "'.", remedy);
        }
        return text;
    }

    Optional<String> optionalText(String key) {
        return find(key).map(it -> asText(it, TEXT)).filter(it -> !it.isEmpty());
    }

    String oneOf(String key, String otherwise, String... allowed) {
        Optional<Located> node = find(key);
        String text = node.map(it -> asText(it, TEXT)).orElse(otherwise);
        if (!List.of(allowed).contains(text)) {
            node.ifPresent(it -> flaws.add(
                    it.place(),
                    "'" + text + "' is not allowed for '" + key + "'.",
                    "Write one of: " + String.join(", ", allowed) + "."));
            return otherwise;
        }
        return text;
    }

    int whole(String key, int otherwise, int least, int most) {
        Optional<Located> node = find(key);
        if (node.isEmpty()) {
            return otherwise;
        }
        if (node.get() instanceof Scalar scalar && scalar.type() == Scalar.Type.WHOLE) {
            try {
                int value = Integer.parseInt(scalar.text().replace("_", ""));
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException tooBig) {
                // told below, as any other number out of range
            }
        }
        flaws.add(
                node.get().place(),
                "For '" + key + "' here stands " + node.get().kind() + ".",
                "Write a whole number from " + least + " to " + most + ".");
        return otherwise;
    }

    boolean truth(String key) {
        Optional<Located> node = find(key);
        if (node.isPresent() && node.get() instanceof Scalar scalar && scalar.type() == Scalar.Type.TRUTH) {
            return Boolean.parseBoolean(scalar.text());
        }
        node.ifPresent(it -> flaws.add(
                it.place(),
                "For '" + key + "' here stands " + it.kind() + ".",
                "Write true or false, or leave it out."));
        return false;
    }

    Optional<Duration> duration(String key) {
        Optional<Located> node = find(key);
        if (node.isPresent() && node.get() instanceof Scalar scalar && scalar.type() == Scalar.Type.TEXT) {
            try {
                Duration value = Duration.parse(scalar.text());
                if (value.isPositive() && value.compareTo(LONGEST) <= 0) {
                    return Optional.of(value);
                }
            } catch (DateTimeParseException notOne) {
                // told below, as a duration out of range
            }
        }
        node.ifPresent(it -> flaws.add(
                it.place(),
                "For '" + key + "' here stands " + it.kind() + ".",
                "Write an ISO 8601 duration above zero and of at most P3650D, e.g. PT0.2S or PT10S."));
        return Optional.empty();
    }

    Optional<Double> positive(String key) {
        Optional<Located> node = find(key);
        if (node.isPresent()
                && node.get() instanceof Scalar scalar
                && (scalar.type() == Scalar.Type.WHOLE || scalar.type() == Scalar.Type.FRACTION)) {
            double value = Double.parseDouble(scalar.text().replace("_", ""));
            if (value > 0 && Double.isFinite(value)) {
                return Optional.of(value);
            }
        }
        node.ifPresent(it -> flaws.add(
                it.place(),
                "For '" + key + "' here stands " + it.kind() + ".",
                "Write a number above 0, or leave it out."));
        return Optional.empty();
    }

    List<Located> list(String key, String remedy) {
        Optional<Located> node = need(key, remedy);
        if (node.isPresent()
                && node.get() instanceof Located.Arr array
                && !array.items().isEmpty()) {
            return array.items();
        }
        node.ifPresent(it -> flaws.add(it.place(), "'" + key + "' is no list, or an empty one.", remedy));
        return List.of();
    }

    /** A text, or a list of texts. */
    List<String> names(String key, String remedy) {
        return need(key, remedy)
                .map(node ->
                        node instanceof Located.Arr array && !array.items().isEmpty() ? array.items() : List.of(node))
                .orElse(List.of())
                .stream()
                .map(node -> asText(node, remedy))
                .toList();
    }

    Map<String, String> texts(String key) {
        Map<String, String> texts = new TreeMap<>();
        find(key)
                .map(it -> of(it, "'" + key + "'", flaws))
                .ifPresent(fields -> fields.object
                        .members()
                        .forEach(
                                it -> texts.put(it.key(), fields.asScalar(it.value(), "Give it a text or a number."))));
        return texts;
    }

    Optional<BsonDocument> bson(String key) {
        return find(key).map(it -> asBson(it, flaws));
    }

    static BsonDocument asBson(Located node, Flaws flaws) {
        if (!(node instanceof Obj)) {
            flaws.add(node.place(), "Here stands " + node.kind() + ".", "Write a document: an object with keys.");
            return new BsonDocument();
        }
        try {
            return BsonDocument.parse(ExtendedJson.of(node));
        } catch (JsonParseException | BsonInvalidOperationException | IllegalArgumentException e) {
            String message = e.getMessage() == null
                    ? ""
                    : NO_VALUE.matcher(e.getMessage()).replaceAll("'$1' is no $2");
            flaws.add(
                    node.place(),
                    "Not MongoDB Extended JSON: " + message,
                    "Write special values as { $date: … }, { $oid: … }, { $numberDecimal: … }.");
            return new BsonDocument();
        }
    }

    void done() {
        for (Member member : object.members()) {
            if (!known.contains(member.key())) {
                flaws.add(
                        member.place(),
                        "The key '" + member.key() + "' is unknown.",
                        "Remove it, or write one of: " + String.join(", ", known) + ".");
            }
        }
    }

    private String asText(Located node, String remedy) {
        String text = asScalar(node, remedy);
        if (text.isBlank() && node instanceof Scalar scalar && scalar.type() == Scalar.Type.TEXT) {
            flaws.add(node.place(), "The text is empty.", remedy);
        }
        return text;
    }

    private String asScalar(Located node, String remedy) {
        if (node instanceof Scalar scalar && scalar.type() != Scalar.Type.NOTHING) {
            return scalar.text();
        }
        flaws.add(node.place(), "Here stands " + node.kind() + ".", remedy);
        return "";
    }
}
