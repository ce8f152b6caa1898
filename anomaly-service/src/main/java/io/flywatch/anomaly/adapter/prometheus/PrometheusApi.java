package io.flywatch.anomaly.adapter.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.anomaly.PrometheusConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prometheus' HTTP API, as far as it is needed: instant and range queries, by POST as queries may be long. */
final class PrometheusApi implements AutoCloseable {

    private final URI base;
    private final PrometheusConfig config;
    private final ObjectMapper json;
    private final HttpClient http;

    PrometheusApi(URI url, PrometheusConfig config, ObjectMapper json) {
        this.base = URI.create(url.toString().replaceAll("/+$", "") + "/api/v1/");
        this.config = config;
        this.json = json;
        this.http = HttpClient.newBuilder().connectTimeout(config.timeout()).build();
    }

    /**
     * A result's points.
     *
     * @param labels without the metric's name
     */
    record Result(Map<String, String> labels, List<Point> points) {
        Result {
            labels = Map.copyOf(labels);
            points = List.copyOf(points);
        }
    }

    /** A value and its time; it may be not finite. */
    record Point(Instant at, double value) {}

    /** The query can't be answered; the message says why, in Prometheus' words if it has any. */
    static final class QueryException extends Exception {
        private static final long serialVersionUID = 1L;

        QueryException(String message) {
            super(message);
        }
    }

    /** The values now. */
    List<Result> query(String query) throws QueryException, InterruptedException {
        return ask("query", Map.of("query", query));
    }

    /** The values of a time that is past, from the oldest on. */
    List<Result> query(String query, Instant from, Instant to, Duration step)
            throws QueryException, InterruptedException {
        return ask(
                "query_range",
                Map.of("query", query, "start", from.toString(), "end", to.toString(), "step", seconds(step)));
    }

    private static String seconds(Duration step) {
        return String.valueOf(Math.max(1, step.toMillis() / 1000.0));
    }

    private List<Result> ask(String path, Map<String, String> form) throws QueryException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(config.timeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)));
        config.authorization().ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return read(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new QueryException("no answer from " + base.getAuthority() + ": "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    private static String encoded(Map<String, String> form) {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    private List<Result> read(int status, String body) throws QueryException {
        JsonNode answer;
        try {
            answer = json.readTree(body);
        } catch (IOException e) {
            throw new QueryException("the answer (" + status + ") is no JSON: is it Prometheus?");
        }
        if (!answer.path("status").asText().equals("success")) {
            throw new QueryException(
                    answer.path("error").asText("the answer (" + status + ") is none of Prometheus' API"));
        }
        JsonNode result = answer.path("data").path("result");
        return switch (answer.path("data").path("resultType").asText()) {
            case "scalar" -> List.of(new Result(Map.of(), List.of(point(result))));
            case "vector" -> results(result, "value");
            case "matrix" -> results(result, "values");
            default -> throw new QueryException("the query gives text, and numbers are needed");
        };
    }

    private static List<Result> results(JsonNode elements, String field) throws QueryException {
        List<Result> results = new ArrayList<>();
        for (JsonNode element : elements) {
            if (!element.has(field)) {
                throw new QueryException("the query gives native histograms: ask for a quantile of them");
            }
            Map<String, String> labels = new TreeMap<>();
            element.path("metric").properties().forEach(label -> {
                if (!label.getKey().equals("__name__")) {
                    labels.put(label.getKey(), label.getValue().asText());
                }
            });
            List<Point> points = new ArrayList<>();
            if (field.equals("value")) {
                points.add(point(element.path(field)));
            } else {
                element.path(field).forEach(pair -> points.add(point(pair)));
            }
            results.add(new Result(labels, points));
        }
        return results;
    }

    /** Numbers that JSON has no form for come as text: {@code NaN}, {@code +Inf}. */
    private static Point point(JsonNode pair) {
        String text = pair.path(1).asText();
        double value = switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
        return new Point(Instant.ofEpochMilli(Math.round(pair.path(0).asDouble() * 1000)), value);
    }

    @Override
    public void close() {
        http.close();
    }
}
