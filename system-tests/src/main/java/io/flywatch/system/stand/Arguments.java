package io.flywatch.system.stand;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a benchmark or fault suite was called with: {@code --name value} pairs. */
public final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads pairs of {@code --name value}.
     *
     * @throws IllegalArgumentException if a word is no name, or a name has no value
     */
    public static Arguments of(List<String> words) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (!name.startsWith("--") || i + 1 == words.size()) {
                throw new IllegalArgumentException("Arguments are pairs of --name and value; look at '" + name + "'.");
            }
            values.put(name.substring(2), words.get(i + 1));
        }
        return new Arguments(values);
    }

    /** The text given by that name, or else this one. */
    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /**
     * The whole number given by that name, or else this one.
     *
     * @throws IllegalArgumentException if it is no whole number
     */
    public long number(String name, long otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " wants a whole number and got '" + value + "'.", e);
        }
    }
}
