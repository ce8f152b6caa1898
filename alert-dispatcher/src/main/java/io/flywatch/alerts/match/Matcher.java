package io.flywatch.alerts.match;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one label. A label that an alert lacks counts as empty, as in Alertmanager; a regular expression has to match the
 * whole value.
 */
public final class Matcher {

    private static final int LONGEST = 1000;
    /** A name is anything without space and signs, as in Alertmanager since 0.27; or anything at all, in quotes. */
    private static final Pattern FORM = Pattern.compile(
            "\\s*(\"(?:[^\"\\\\]|\\\\.)+\"|[^\\s{}!=~,\\\\\"'`]+)\\s*(=~|!~|!=|=)\\s*(.*?)\\s*", Pattern.DOTALL);

    private static final Pattern BARE_NAME = Pattern.compile("[^\\s{}!=~,\\\\\"'`]+");

    /** How label and value are compared. */
    public enum Op {
        IS("="),
        IS_NOT("!="),
        MATCHES("=~"),
        MATCHES_NOT("!~");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        static Op of(String sign) {
            for (Op op : values()) {
                if (op.sign.equals(sign)) {
                    return op;
                }
            }
            throw new IllegalArgumentException("There is no operator '" + sign + "'");
        }
    }

    private final String label;
    private final Op op;
    private final String value;
    private final @Nullable Pattern pattern;

    /** A condition; throws IllegalArgumentException with the reason if its regular expression is none. */
    public Matcher(String label, Op op, String value) {
        this.label = label;
        this.op = op;
        this.value = value;
        this.pattern = op == Op.MATCHES || op == Op.MATCHES_NOT ? compile(value) : null;
    }

    private static Pattern compile(String regex) {
        if (regex.length() > LONGEST) {
            throw new IllegalArgumentException("A regular expression may have at most " + LONGEST + " characters");
        }
        try {
            return Pattern.compile(regex, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + regex + "' is no regular expression: " + e.getDescription() + " at index " + e.getIndex());
        }
    }

    /**
     * Reads {@code label="value"}; the quotes may be left out, and the label may have some. The operators are {@code =}, {@code !=},
     * {@code =~} and {@code !~}.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Matcher parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no matcher; write label=\"value\", with one of = != =~ !~");
        }
        return new Matcher(unquoted(parts.group(1), text), Op.of(parts.group(2)), unquoted(parts.group(3), text));
    }

    private static String unquoted(String value, String text) {
        if (!value.startsWith("\"")) {
            return value;
        }
        if (value.length() < 2 || !value.endsWith("\"")) {
            throw new IllegalArgumentException("'" + text + "' has a quote that does not end");
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            char next = c == '\\' && i + 1 < value.length() - 1 ? value.charAt(i + 1) : ' ';
            if (next == '"' || next == '\\' || next == 'n') {
                plain.append(next == 'n' ? '\n' : next);
                i++;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** Whether labels fulfil it. */
    public boolean matches(Map<String, String> labels) {
        String found = labels.getOrDefault(label, "");
        return switch (op) {
            case IS -> found.equals(value);
            case IS_NOT -> !found.equals(value);
            case MATCHES -> whole(found);
            case MATCHES_NOT -> !whole(found);
        };
    }

    private boolean whole(String found) {
        return Objects.requireNonNull(pattern).matcher(found).matches();
    }

    /** Whether labels fulfil all of them; of none, always. */
    public static boolean all(Iterable<Matcher> matchers, Map<String, String> labels) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Two conditions that no alert fulfils both, because one asks for a value that the other excludes; empty if there are none. What two
     * regular expressions have in common is not known.
     */
    public static Optional<String> contradiction(List<Matcher> matchers) {
        for (Matcher exact : matchers) {
            for (Matcher other : matchers) {
                if (exact.op == Op.IS
                        && other.label.equals(exact.label)
                        && !other.matches(Map.of(exact.label, exact.value))) {
                    return Optional.of(exact + " and " + other + " can't both hold: nothing would ever match");
                }
            }
        }
        return Optional.empty();
    }

    /** The label's name. */
    public String label() {
        return label;
    }

    /** What is compared with. */
    public String value() {
        return value;
    }

    /** How it is compared. */
    public Op op() {
        return op;
    }

    /** Whether it holds for an alert without that label, and so says nothing about which alerts are meant. */
    public boolean matchesEmpty() {
        return matches(Map.of());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Matcher that && label.equals(that.label) && op == that.op && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(label, op, value);
    }

    /** As it is written. */
    @Override
    public String toString() {
        return (BARE_NAME.matcher(label).matches() ? label : quoted(label)) + op.sign + quoted(value);
    }
}
