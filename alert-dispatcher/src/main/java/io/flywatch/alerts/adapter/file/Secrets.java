package io.flywatch.alerts.adapter.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in the place of <code>${NAME}</code> (environment or configuration) and <code>${file:/path}</code>, so that no secret
 * stands in the file itself.
 *
 * @param lookup a value by its name
 */
public record Secrets(Function<String, Optional<String>> lookup) {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

    /**
     * A text with its places filled.
     *
     * @throws IllegalArgumentException with the name that nothing was found under
     */
    String resolve(String text) {
        Matcher places = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(filled, Matcher.quoteReplacement(value(places.group(1))));
        }
        return places.appendTail(filled).toString();
    }

    private String value(String name) {
        if (name.startsWith("file:")) {
            try {
                return Files.readString(Path.of(name.substring("file:".length())))
                        .strip();
            } catch (IOException e) {
                throw new IllegalArgumentException("the file of ${" + name + "} can't be read");
            }
        }
        return lookup.apply(name).orElseThrow(() -> new IllegalArgumentException("${" + name + "} is not set"));
    }
}
