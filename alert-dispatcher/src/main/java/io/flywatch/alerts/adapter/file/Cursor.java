package io.flywatch.alerts.adapter.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A place in a YAML file, from which values are read; what is wrong is gathered with its line and column. */
final class Cursor {

    private final Node node;
    private final List<String> flaws;

    Cursor(Node node, List<String> flaws) {
        this.node = node;
        this.flaws = flaws;
    }

    /** Something is wrong here. */
    void flaw(String what) {
        var mark = node.getStartMark();
        flaws.add("line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + what);
    }

    /** Whether the mapping has nothing but these keys, each once; what else it has is a flaw. */
    void knows(String... keys) {
        if (!(node instanceof MappingNode mapping)) {
            flaw("a mapping was expected, with " + String.join(", ", keys));
            return;
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Cursor key = new Cursor(tuple.getKeyNode(), flaws);
            String name = key.text().orElse("");
            if (!List.of(keys).contains(name)) {
                key.flaw("there is no setting '" + name + "' here; there are " + String.join(", ", keys));
            } else if (!seen.add(name)) {
                key.flaw("'" + name + "' is there twice");
            }
        }
    }

    /** A setting. */
    Optional<Cursor> get(String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)) {
                    return Optional.of(new Cursor(tuple.getValueNode(), flaws));
                }
            }
        }
        return Optional.empty();
    }

    /** All settings of a mapping. */
    Map<String, Cursor> all() {
        Map<String, Cursor> all = new java.util.LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name) {
                    all.put(name.getValue(), new Cursor(tuple.getValueNode(), flaws));
                }
            }
        }
        return all;
    }

    /** The elements of a list. */
    List<Cursor> each() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(element -> new Cursor(element, flaws))
                    .toList();
        }
        flaw("a list was expected");
        return List.of();
    }

    /** The elements of a list under a key; none if it is not there. */
    List<Cursor> each(String key) {
        return get(key).map(Cursor::each).orElse(List.of());
    }

    /** A text. */
    Optional<String> text() {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        flaw("a text was expected");
        return Optional.empty();
    }

    /** A text under a key. */
    Optional<String> text(String key) {
        return get(key).flatMap(Cursor::text);
    }

    /** A text under a key that has to be there. */
    String needed(String key) {
        Optional<Cursor> there = get(key);
        if (there.isEmpty()) {
            flaw("'" + key + "' is missing");
        }
        return there.flatMap(Cursor::text).orElse("");
    }

    /** Texts: a list of them, or one alone. */
    List<String> texts(String key) {
        Cursor there = get(key).orElse(null);
        if (there == null) {
            return List.of();
        }
        if (there.node instanceof ScalarNode scalar) {
            return List.of(scalar.getValue());
        }
        List<String> texts = new ArrayList<>();
        there.each().forEach(element -> element.text().ifPresent(texts::add));
        return texts;
    }

    /** A value read of a text; a text that makes no sense is a flaw at its place, and the other value is taken. */
    <T extends @Nullable Object> T read(String key, T otherwise, Function<String, T> reader) {
        Cursor there = get(key).orElse(null);
        return there == null ? otherwise : there.read(otherwise, reader);
    }

    /** This text, read. */
    <T extends @Nullable Object> T read(T otherwise, Function<String, T> reader) {
        String text = text().orElse(null);
        if (text == null) {
            return otherwise;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            flaw(String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    /** A whole number that is not under a bound. */
    int number(String key, int otherwise, int least) {
        return read(key, otherwise, text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
                throw new IllegalArgumentException("'" + text + "' is no whole number from " + least + " on");
            }
            return Integer.parseInt(text);
        });
    }
}
