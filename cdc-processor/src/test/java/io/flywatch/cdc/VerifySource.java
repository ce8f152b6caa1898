package io.flywatch.cdc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flywatch.events.Topics;
import io.flywatch.stack.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that pipelines have as their source, and what Kafka Connect tells of their connectors. */
public final class VerifySource implements QuarkusTestResourceLifecycleManager {
    private static final Map<String, Submitted> CONNECTORS = new ConcurrentHashMap<>();

    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable HttpServer connect;

    /** The connectors by their names. */
    static Map<String, Submitted> connectors() {
        return CONNECTORS;
    }

    static String url() {
        return Objects.requireNonNull(postgres).jdbcUrl("postgres");
    }

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.start(Files.createTempDirectory("flywatch-source"));
            connect = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            connect.createContext("/connectors/", VerifySource::answer);
            connect.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "flywatch.connect.url",
                "http://127.0.0.1:" + connect.getAddress().getPort(),
                "flywatch.connections.source.url",
                url(),
                "flywatch.connections.source.username",
                EmbeddedPostgres.USER,
                "flywatch.connections.source.password",
                EmbeddedPostgres.PASSWORD);
    }

    static void answer(HttpExchange question) throws IOException {
        String[] path = question.getRequestURI().getPath().split("/", -1);
        Submitted connector = CONNECTORS.get(path[2]);
        String server = Topics.changesPrefix(path[2].replaceFirst("flywatch-", ""));
        String answer = connector == null
                ? "{\"error_code\":404,\"message\":\"not found\"}"
                : "{\"offsets\":[{\"partition\":{\"server\":\"" + server + "\"},\"offset\":" + connector.offset()
                        + "}]}";
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        question.sendResponseHeaders(connector == null ? 404 : 200, body.length);
        question.getResponseBody().write(body);
        question.close();
    }

    @Override
    public void stop() {
        if (connect != null) {
            connect.stop(0);
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
