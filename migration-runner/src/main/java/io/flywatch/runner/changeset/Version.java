package io.flywatch.runner.changeset;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The version of a change set: whole numbers separated by dots, compared number by number, so that 1.10 follows 1.9, and 1 and
 * 1.0 are the same version.
 *
 * @param text as it was written
 */
public record Version(String text) implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("\\d{1,18}(\\.\\d{1,18}){0,7}");

    private static final Pattern DOT = Pattern.compile("\\.");

    public Version {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a version: " + text);
        }
    }

    /** Whether the text has the form of a version. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(Version other) {
        List<BigInteger> mine = parts();
        List<BigInteger> theirs = other.parts();
        for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
            int order = part(mine, i).compareTo(part(theirs, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The same text for all ways to write this version. */
    public String canonical() {
        List<BigInteger> parts = new ArrayList<>(parts());
        while (parts.size() > 1 && parts.getLast().signum() == 0) {
            parts.removeLast();
        }
        return parts.stream().map(BigInteger::toString).collect(Collectors.joining("."));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private List<BigInteger> parts() {
        return DOT.splitAsStream(text).map(BigInteger::new).toList();
    }

    private static BigInteger part(List<BigInteger> parts, int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }
}
