package io.flywatch.system.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registry of schemas, as much of the REST of Apicurio Registry 2 as its own converter and the processor use: no registry can be had as a Maven artifact. Schemas
 * are registered with references to others, as that converter does by itself, and told with all that they refer to.
 */
public final class StandRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/apis/registry/v2";
    private static final String IDS = API + "/ids/globalIds/";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final Map<String, Registered> byContent = new LinkedHashMap<>();
    private int told;

    private record Registered(long id, String group, String artifact, JsonNode schema, JsonNode references) {}

    private StandRegistry(HttpServer server) {
        this.server = server;
    }

    /** Starts one on a free port. */
    public static StandRegistry start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StandRegistry registry = new StandRegistry(server);
        server.createContext("/", registry::answer);
        server.start();
        return registry;
    }

    /** Where it is, without the path of its API. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What makes a connector write Avro by it. */
    public Map<String, String> connector() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String part : new String[] {"key", "value"}) {
            settings.put(part + ".converter", "io.apicurio.registry.utils.converter.AvroConverter");
            settings.put(part + ".converter.apicurio.registry.url", url() + API);
            settings.put(part + ".converter.apicurio.registry.auto-register", "true");
        }
        return settings;
    }

    /** How many schemas were registered, and how often one was asked for. */
    public synchronized String counts() {
        return byContent.size() + " schemas, asked for " + told + " times";
    }

    /** Whether a processor has read any of them. */
    public synchronized boolean wasAsked() {
        return told > 0;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode answer = path.startsWith(IDS)
                ? whole(Long.parseLong(path.substring(IDS.length())))
                : exchange.getRequestMethod().equals("POST") ? registered(exchange, path) : null;
        byte[] body = answer == null
                ? "{\"error_code\":404,\"message\":\"not here\"}".getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer == null ? NOT_FOUND : OK, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** {@code POST …/groups/{group}/artifacts}: the same content again is the same version. */
    private JsonNode registered(HttpExchange exchange, String path) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        boolean extended = body.path("content").isTextual();
        JsonNode schema = extended ? JSON.readTree(body.path("content").asText()) : body;
        JsonNode references = extended ? body.path("references") : JSON.createArrayNode();
        String group = path.replaceFirst(".*/groups/([^/]+)/artifacts.*", "$1");
        String artifact = exchange.getRequestHeaders().getFirst("X-Registry-ArtifactId");
        Registered known = byContent.computeIfAbsent(
                group + " " + artifact + " " + schema + " " + references,
                key -> new Registered(byContent.size() + 1, group, String.valueOf(artifact), schema, references));
        return JSON.createObjectNode()
                .put("id", known.artifact())
                .put("groupId", known.group())
                .put("name", known.artifact())
                .put("type", "AVRO")
                .put("state", "ENABLED")
                .put("version", Long.toString(known.id()))
                .put("globalId", known.id())
                .put("contentId", known.id());
    }

    private @Nullable JsonNode whole(long id) {
        told++;
        return byContent.values().stream()
                .filter(it -> it.id() == id)
                .findFirst()
                .map(it -> resolved(it.schema(), named(it), new HashSet<>()))
                .orElse(null);
    }

    /** All schemas that one refers to, by their names. */
    private Map<String, JsonNode> named(Registered of) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        of.references()
                .forEach(reference -> byContent.values().stream()
                        .filter(it -> it.artifact()
                                        .equals(reference.path("artifactId").asText())
                                && Long.toString(it.id())
                                        .equals(reference.path("version").asText()))
                        .forEach(it -> {
                            named.putAll(named(it));
                            named.put(reference.path("name").asText(), it.schema());
                        }));
        return named;
    }

    /** A name is defined where it stands first, and named from there on. */
    private static JsonNode resolved(JsonNode schema, Map<String, JsonNode> named, Set<String> defined) {
        if (schema.isTextual()) {
            JsonNode found = named.get(schema.asText());
            return found != null && defined.add(schema.asText()) ? resolved(found, named, defined) : schema;
        }
        if (schema.isArray()) {
            ArrayNode all = JSON.createArrayNode();
            schema.forEach(each -> all.add(resolved(each, named, defined)));
            return all;
        }
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode one = schema.deepCopy();
        for (String place : new String[] {"type", "items", "values"}) {
            if (one.has(place)) {
                one.set(place, resolved(one.get(place), named, defined));
            }
        }
        if (one.path("fields").isArray()) {
            ArrayNode fields = JSON.createArrayNode();
            one.get("fields").forEach(field -> fields.add(resolved(field, named, defined)));
            one.set("fields", fields);
        }
        return one;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
