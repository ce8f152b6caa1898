package io.flywatch.cdc.avro;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** As much of Apicurio Registry 2's REST as we use, answering as its documentation says. */
final class RegistryStandIn implements AutoCloseable {
    private static final String IDS = "/apis/registry/v2/ids/globalIds/";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final Map<Long, String> schemas;
    private int asked;
    private int status = OK;

    RegistryStandIn(Map<Long, String> schemas) throws IOException {
        this.schemas = schemas;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(IDS, this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often a schema was asked for. */
    int asked() {
        return asked;
    }

    /** Answers with that status from now on. */
    void answerWith(int now) {
        status = now;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked++;
        boolean whole = "dereference=true".equals(exchange.getRequestURI().getQuery());
        String id = exchange.getRequestURI().getPath().substring(IDS.length());
        String found = whole ? schemas.get(Long.valueOf(id)) : null;
        byte[] bytes = String.valueOf(found).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status == OK && found == null ? NOT_FOUND : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
