package io.flywatch.alerts.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.SteadyClock;
import io.flywatch.alerts.adapter.http.Answer.Answered;
import io.flywatch.alerts.adapter.http.Answer.Forbidden;
import io.flywatch.alerts.adapter.http.Answer.Silent;
import io.flywatch.alerts.deliver.Leeway;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Posts JSON and waits for the answer. Addresses may hold secrets: they appear in no text that comes out of here. The connection goes to
 * the very address that was checked, and redirects are not followed.
 */
@Singleton
public final class JsonPost {

    private static final int CONNECT_WITHIN_MS = 3000;
    private static final int MOST_OF_BODY = 4096;
    private static final int POOL = 64;

    private final ObjectMapper json;
    private final Duration timeout;
    private final HttpClient client;
    /** Connections belong to the event loop that opens them. All on one: nothing is handed from loop to loop. */
    private final Context loop;

    private final SteadyClock clock;

    JsonPost(ObjectMapper json, DeliveryConfig config, Vertx vertx, SteadyClock clock) {
        this.json = json;
        this.timeout = Leeway.of(config.timeout(), 0).longest();
        this.clock = clock;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_WITHIN_MS)
                .setMaxPoolSize(POOL)
                .setKeepAliveTimeout(20));
    }

    /** Any value as JSON. */
    public String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON as a tree; empty if it is none. */
    public JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            return json.createObjectNode();
        }
    }

    /** Any value as JSON that a person reads. */
    public String pretty(Object value) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Posts, and waits. */
    public Answer post(URI to, String body) {
        return post(to, body, Map.of(), Reach.ANYWHERE);
    }

    /** Posts with further headers, and waits. */
    public Answer post(URI to, String body, Map<String, String> headers, Reach reach) {
        AtomicReference<HttpClientRequest> under = new AtomicReference<>();
        CompletableFuture<Answer> waited = new CompletableFuture<>();
        try {
            RequestOptions options = options(to, headers, reach.resolve(to.getHost()));
            loop.runOnContext(go -> client.request(options)
                    .compose(request -> {
                        under.set(request);
                        return sent(request, body, waited);
                    })
                    .onSuccess(waited::complete)
                    .onFailure(waited::completeExceptionally));
            return waited.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Reach.ForbiddenAddressException e) {
            return new Forbidden("its address is private; allow_private allows it");
        } catch (UnknownHostException e) {
            return new Silent("its host has no address");
        } catch (TimeoutException e) {
            waited.cancel(false);
            reset(under.get());
            return new Silent("no answer in time");
        } catch (ExecutionException e) {
            return silent(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            waited.cancel(false);
            reset(under.get());
            Thread.currentThread().interrupt();
            return new Silent("interrupted");
        }
    }

    private Future<Answer> sent(HttpClientRequest request, String body, CompletableFuture<Answer> waited) {
        if (waited.isDone()) {
            // A connection that was free too late: it counts as not sent already, and will be tried again.
            request.reset();
            return Future.failedFuture("nobody waits any more");
        }
        // Who reads the answer is there before anything is sent: an answer that comes before its reader is lost.
        Future<Answer> answer = request.response().compose(this::answered);
        request.end(Buffer.buffer(body));
        return answer;
    }

    private static void reset(@org.jspecify.annotations.Nullable HttpClientRequest request) {
        if (request != null) {
            request.reset();
        }
    }

    private static Silent silent(Throwable e) {
        return switch (e) {
            case ConnectException refused -> new Silent("the connection was refused");
            case UnknownHostException unknown -> new Silent("its host has no address");
            default -> new Silent("the connection broke (" + e.getClass().getSimpleName() + ")");
        };
    }

    /** What is asked for, at the address that was checked: the name is not looked up again, where it could lead elsewhere by then. */
    static RequestOptions options(URI to, Map<String, String> headers, InetAddress address) {
        boolean tls = "https".equals(to.getScheme());
        int port = to.getPort() > 0 ? to.getPort() : tls ? 443 : 80;
        String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                .setHost(to.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(to.getRawQuery() == null ? path : path + "?" + to.getRawQuery())
                .setFollowRedirects(false)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("User-Agent", "flywatch");
        headers.forEach(options::putHeader);
        return options;
    }

    private Future<Answer> answered(HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        Duration wait = RetryAfter.parse(response.getHeader("Retry-After"), clock.instant());
        response.exceptionHandler(answer::tryFail);
        response.handler(part -> {
            body.appendBuffer(part, 0, Math.min(part.length(), MOST_OF_BODY - body.length()));
            if (body.length() >= MOST_OF_BODY
                    && answer.tryComplete(new Answered(response.statusCode(), body.toString(), wait))) {
                response.request().reset();
            }
        });
        response.endHandler(end -> answer.tryComplete(new Answered(response.statusCode(), body.toString(), wait)));
        return answer.future();
    }
}
