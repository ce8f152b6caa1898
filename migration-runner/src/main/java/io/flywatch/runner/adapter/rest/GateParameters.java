package io.flywatch.runner.adapter.rest;

import io.flywatch.runner.gate.GateQuestion;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.NullUnmarked;

/** What a caller asks of a gate, as the URL says it. A parameter that is not known is refused: a typing error must not open a gate. */
@NullUnmarked
public final class GateParameters {
    private static final List<String> KNOWN =
            List.of("max-lag", "max-staleness", "steady", "min-headroom", "max-error-rate", "without", "wait");
    private static final String DURATION = "Write an ISO 8601 duration of at most P3650D, e.g. PT1M or PT30S.";
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    @QueryParam("max-lag")
    @Parameter(
            description =
                    "The most end-to-end lag of the changes applied lately, and the most staleness if max-staleness"
                            + " is not given; PT1M if not given",
            example = "PT1M")
    String maxLag;

    @QueryParam("max-staleness")
    @Parameter(description = "How far the target may be behind its source", example = "PT10S")
    String maxStaleness;

    @QueryParam("steady")
    @Parameter(description = "For how long it must have been no further behind; PT0S if not given", example = "PT5M")
    String steady;

    @QueryParam("min-headroom")
    @Parameter(
            description = "The least time until a log throws away what was not read; PT1H if not given",
            example = "PT6H")
    String minHeadroom;

    @QueryParam("max-error-rate")
    @Parameter(
            description = "The greatest share of errors among the rows, 0 to 1; 0.01 if not given",
            example = "0.001")
    String maxErrorRate;

    @QueryParam("without")
    @Parameter(description = "Conditions that are not asked for, separated by commas", example = "verification,fence")
    String without;

    @QueryParam("wait")
    @Parameter(
            description = "How long to wait for the gate to open, at most PT1H; PT0S if not given",
            example = "PT10M")
    String wait;

    @Context
    UriInfo uri;

    GateQuestion question() {
        for (String name : uri.getQueryParameters().keySet()) {
            if (!KNOWN.contains(name)) {
                throw Problems.badParameter("a parameter", name, "Write one of: " + String.join(", ", KNOWN) + ".");
            }
            if (!name.equals("without")
                    && uri.getQueryParameters().getFirst(name).isBlank()) {
                throw Problems.badParameter(name, "", "Give it a value, or leave it out.");
            }
        }
        GateQuestion usual = GateQuestion.USUAL;
        Duration lag = duration("max-lag", maxLag, usual.maxLag());
        return new GateQuestion(
                lag,
                duration("max-staleness", maxStaleness, lag),
                duration("steady", steady, usual.steady()),
                duration("min-headroom", minHeadroom, usual.minHeadroom()),
                share(),
                conditions());
    }

    Duration waiting() {
        Duration asked = duration("wait", wait, Duration.ZERO);
        if (asked.compareTo(LONGEST_WAIT) > 0) {
            throw Problems.badParameter("wait", wait, "Wait an hour at most, and ask again.");
        }
        return asked;
    }

    private Set<String> conditions() {
        if (without == null || without.isBlank()) {
            return Set.of();
        }
        Set<String> named = new TreeSet<>(
                Arrays.stream(without.split(",")).map(String::trim).toList());
        for (String name : named) {
            if (!GateQuestion.CONDITIONS.contains(name)) {
                throw Problems.badParameter(
                        "without", name, "Write some of: " + String.join(", ", GateQuestion.CONDITIONS) + ".");
            }
        }
        return named;
    }

    private double share() {
        if (maxErrorRate == null) {
            return GateQuestion.USUAL.maxErrorRate();
        }
        try {
            double share = Double.parseDouble(maxErrorRate);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // told below, as one that is out of range
        }
        throw Problems.badParameter("max-error-rate", maxErrorRate, "Write a number from 0 to 1, e.g. 0.01.");
    }

    private static Duration duration(String name, String text, Duration otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // told below, as one out of range
        }
        throw Problems.badParameter(name, text, DURATION);
    }
}
