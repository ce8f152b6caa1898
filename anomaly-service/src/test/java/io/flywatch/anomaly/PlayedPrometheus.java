package io.flywatch.anomaly;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as Prometheus 2 and 3 do: a disk that is 70 % full in the past and 95 % now, two hosts, and a query that it can't read. */
final class PlayedPrometheus implements AutoCloseable {

    private static final String ODD =
            "{\"status\": \"success\", \"data\": {\"resultType\": \"scalar\", \"result\": [1, \"much\"]}}";

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    PlayedPrometheus() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prom/api/v1/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/prom/";
    }

    /** What was asked: the path's end, and the form. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = URLDecoder.decode(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        boolean range = exchange.getRequestURI().getPath().endsWith("query_range");
        asked.add((range ? "range " : "now ") + form);
        boolean readable = !form.contains("this is no query");
        byte[] body = (form.contains("much") ? ODD : readable ? found(form.contains("by (host)"), range) : """
                        {"status": "error", "errorType": "bad_data", "error": "1:6: parse error: unexpected identifier \\"is\\""}""")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(readable ? 200 : 400, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String found(boolean hosts, boolean range) {
        double now = System.currentTimeMillis() / 1000.0;
        String points = range
                ? "\"values\": [[%.3f, \"70\"], [%.3f, \"NaN\"], [%.3f, \"70.5\"]]"
                        .formatted(now - 45, now - 30, now - 15)
                : "\"value\": [%.3f, \"95\"]".formatted(now);
        String one = "{\"metric\": {\"__name__\": \"disk\"}, " + points + "}";
        String two = "{\"metric\": {\"host\": \"b\"}, " + points + "}, {\"metric\": {\"host\": \"a\"}, " + points + "}";
        return "{\"status\": \"success\", \"data\": {\"resultType\": \"%s\", \"result\": [%s]}}"
                .formatted(range ? "matrix" : "vector", hosts ? two : one);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
