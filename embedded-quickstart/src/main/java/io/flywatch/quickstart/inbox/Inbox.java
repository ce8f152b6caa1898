package io.flywatch.quickstart.inbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The three receivers of the demo on loopback, with a page that shows what came, the same as JSON at {@code /letters}, and the
 * buttons that break something.
 */
public final class Inbox implements AutoCloseable {

    private final HttpServer http;
    private final MailBox mail;
    private final Letters letters;
    private final Posts posts;
    private final ObjectMapper json;

    private Inbox(HttpServer http, MailBox mail, Letters letters, ObjectMapper json) {
        this.http = http;
        this.mail = mail;
        this.letters = letters;
        this.posts = new Posts(json);
        this.json = json;
    }

    /** Starts on free ports. */
    public static Inbox start(ObjectMapper json) {
        try {
            Letters letters = new Letters();
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            Inbox inbox = new Inbox(http, MailBox.start(letters), letters, json);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.createContext("/slack", inbox::slack);
            http.createContext("/pagerduty/v2/enqueue", inbox::pagerDuty);
            http.createContext("/letters", inbox::letters);
            http.createContext("/", inbox::page);
            http.start();
            return inbox;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets a POST to {@code /break/<name>} break something.
     *
     * @param breaker takes the name; answers a sentence for who asked, or throws IllegalArgumentException with the reason
     */
    public void offerTrouble(Function<String, String> breaker) {
        http.createContext("/break/", exchange -> {
            String name = exchange.getRequestURI().getPath().substring("/break/".length());
            if (!exchange.getRequestMethod().equals("POST") || !isFromHere(exchange)) {
                answer(exchange, 405, "text/plain", "POST to /break/<name>, from this machine.\n");
                return;
            }
            try {
                answer(exchange, 202, "text/plain", breaker.apply(name) + "\n");
            } catch (IllegalArgumentException e) {
                answer(exchange, 404, "text/plain", e.getMessage() + "\n");
            }
        });
    }

    // A web page elsewhere can make a browser post here, but not without naming itself as the origin.
    private boolean isFromHere(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        return origin == null || origin.equals(url());
    }

    private void slack(HttpExchange exchange) throws IOException {
        letters.add(posts.slack(exchange.getRequestBody().readAllBytes(), Instant.now()));
        answer(exchange, 200, "text/plain", "ok");
    }

    private void pagerDuty(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        letters.add(posts.pagerDuty(body, Instant.now()));
        answer(exchange, 202, "application/json", posts.pagerDutyAnswer(body));
    }

    private void letters(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "application/json", json.writeValueAsString(letters.all()));
    }

    private void page(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/")) {
            answer(exchange, 200, "text/html", InboxPage.of(letters.all()));
        } else {
            answer(exchange, 404, "text/plain", "There is / and /letters.\n");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The page's address, which is also where Slack and PagerDuty are played. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Where a message for Slack is posted. */
    public String slackUrl() {
        return url() + "/slack";
    }

    /** The base of PagerDuty's API. */
    public String pagerDutyUrl() {
        return url() + "/pagerduty";
    }

    /** Where mail is delivered. */
    public int smtpPort() {
        return mail.port();
    }

    /** What came. */
    public Letters letters() {
        return letters;
    }

    @Override
    public void close() {
        http.stop(0);
        mail.close();
    }
}
