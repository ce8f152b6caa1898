package io.flywatch.system.stand.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A receiver of webhooks that keeps what it took, and can be made to misbehave. */
public final class Inbox implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BACKLOG = 1024;

    /** How it behaves. What it does not take it does not count. */
    public enum Mood {
        /** Takes everything. */
        WELL,
        /** Takes everything, a third of a second later. */
        SLOW,
        /** Takes everything, and never answers. */
        TAKES_SILENTLY,
        /** Never answers. */
        HANGS,
        /** Closes the connection. */
        RESETS,
        /** Says 429 and when to come back. */
        BUSY_UNTIL,
        /** Says 429 and no more. */
        BUSY,
        /** Says 500. */
        BROKEN,
        /** Says 502 with a page of HTML. */
        PAGE
    }

    /**
     * Something that it took.
     *
     * @param at by the machine's stopwatch
     * @param key what tells a repetition; empty if nothing does
     * @param name the alert's label {@code n}, or else its migration
     * @param kind {@code firing} or {@code resolved}
     */
    public record Letter(long at, String key, String name, String kind) {}

    private final HttpServer server;
    private final ConcurrentLinkedQueue<Letter> letters = new ConcurrentLinkedQueue<>();
    private volatile Mood mood = Mood.WELL;

    private Inbox(HttpServer server) {
        this.server = server;
    }

    /** Opens one on a free port of loopback. */
    public static Inbox open() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        Inbox inbox = new Inbox(server);
        server.createContext("/", inbox::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return inbox;
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** How it behaves from now on. */
    public void mood(Mood now) {
        mood = now;
    }

    /** What it took so far. */
    public List<Letter> letters() {
        return List.copyOf(letters);
    }

    /** How much it took so far. */
    public int size() {
        return letters.size();
    }

    /** Forgets what it took. */
    public void clear() {
        letters.clear();
    }

    private void take(HttpExchange exchange) throws IOException {
        long at = System.nanoTime();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (mood) {
            case WELL -> accept(exchange, at, body);
            case SLOW -> {
                LockSupport.parkNanos(333_000_000L);
                accept(exchange, at, body);
            }
            case TAKES_SILENTLY -> {
                keep(exchange, at, body);
                LockSupport.parkNanos(20_000_000_000L);
            }
            case HANGS -> LockSupport.parkNanos(20_000_000_000L);
            case RESETS -> {}
            case BUSY_UNTIL -> {
                exchange.getResponseHeaders().add("Retry-After", "1");
                answer(exchange, 429, "slow down");
            }
            case BUSY -> answer(exchange, 429, "slow down");
            case BROKEN -> answer(exchange, 500, "{}");
            case PAGE -> answer(exchange, 502, "<html><body>Bad gateway</body></html>");
        }
        exchange.close();
    }

    private void accept(HttpExchange exchange, long at, byte[] body) throws IOException {
        keep(exchange, at, body);
        exchange.sendResponseHeaders(200, -1);
    }

    private void keep(HttpExchange exchange, long at, byte[] body) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        JsonNode said = JSON.readTree(body);
        List<Letter> taken = new ArrayList<>();
        for (JsonNode alert : said.path("alerts")) {
            boolean over = alert.has("status")
                    ? alert.path("status").asText().equals("resolved")
                    : alert.path("endedAt").isTextual();
            JsonNode labels = alert.path("labels");
            taken.add(new Letter(
                    at,
                    key == null ? "" : key,
                    labels.path("n").asText(labels.path("migration").asText()),
                    over ? "resolved" : "firing"));
        }
        letters.addAll(taken);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
