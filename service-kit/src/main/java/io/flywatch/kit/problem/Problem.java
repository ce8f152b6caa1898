package io.flywatch.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An error as RFC 9457 tells it.
 *
 * @param type a URI that names the kind of problem; {@code about:blank} where the status says enough
 * @param title the kind of problem in a few words
 * @param status the HTTP status
 * @param detail what happened, to what
 * @param remedy what to do about it
 * @param errors the single faults, where there are several
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, String remedy, List<String> errors) {

    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem with a single fault. */
    public static Problem of(int status, String title, String detail, String remedy) {
        return new Problem("about:blank", title, status, detail, remedy, List.of());
    }

    /** A problem that lists its faults. */
    public static Problem of(int status, String title, String detail, String remedy, List<String> errors) {
        return new Problem("about:blank", title, status, detail, remedy, errors);
    }
}
