package io.flywatch.alerts.adapter.email;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Subjects as RFC 2047 has them. The mail client encodes a subject by itself, but each half of a character beyond the basic plane for
 * itself, so that an emoji arrives as two question marks; what is ASCII already it leaves alone.
 */
final class Subject {

    /** An encoded word has at most 75 characters, of which 12 are its frame. */
    private static final int BYTES = 45;

    private Subject() {}

    /** A line of text as encoded words; plain ASCII stays as it is. */
    static String encoded(String line) {
        boolean plain = line.chars().allMatch(c -> c >= ' ' && c < 127) && !line.contains("=?");
        if (plain) {
            return line;
        }
        List<String> words = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int bytes = 0;
        for (int c : line.codePoints().toArray()) {
            String character = Character.toString(c);
            int more = character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + more > BYTES) {
                words.add(word(part));
                part.setLength(0);
                bytes = 0;
            }
            part.append(character);
            bytes += more;
        }
        words.add(word(part));
        return String.join(" ", words);
    }

    private static String word(StringBuilder part) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(part.toString().getBytes(StandardCharsets.UTF_8))
                + "?=";
    }
}
