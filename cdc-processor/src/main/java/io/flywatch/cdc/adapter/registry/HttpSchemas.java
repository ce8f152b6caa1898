package io.flywatch.cdc.adapter.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.cdc.CdcConfig;
import io.flywatch.cdc.avro.Schemas;
import io.flywatch.cdc.change.Catalogue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** A registry, asked for each schema when a record first names it. */
@Singleton
public final class HttpSchemas implements Schemas {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final CdcConfig.RegistryConfig config;
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    @Inject
    HttpSchemas(CdcConfig config, ObjectMapper json) {
        this(config.registry(), json);
    }

    HttpSchemas(CdcConfig.RegistryConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
    }

    @Override
    public boolean isThere() {
        return config.url().isPresent();
    }

    @Override
    public int bytesOfId() {
        return config.ids().bytes();
    }

    @Override
    public Optional<String> schema(long id) {
        String path =
                config.url().orElseThrow().replaceAll("/+$", "") + config.ids().path(id);
        HttpRequest.Builder request = request(path);
        config.username().ifPresent(user -> {
            String both = user + ":" + config.password().orElse("");
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        });
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            if (answer.statusCode() != OK) {
                throw new IOException("it answers " + answer.statusCode());
            }
            return Optional.of(config.ids() == RegistryIds.CONFLUENT ? unwrapped(answer.body()) : answer.body());
        } catch (IOException e) {
            throw new Catalogue.SourceAwayException(
                    "the registry of schemas at " + path + " is away: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Catalogue.SourceAwayException("the processor stops", e);
        }
    }

    /** A wrong address is nothing that the record is to blame for. */
    private static HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(path)).timeout(TIMEOUT).header("Accept", "*/*");
        } catch (IllegalArgumentException e) {
            throw new Catalogue.SourceAwayException(
                    "flywatch.cdc.registry.url is not the address of a registry, as http://registry:8080 would be: "
                            + e.getMessage(),
                    e);
        }
    }

    private String unwrapped(String answer) throws JsonProcessingException {
        return json.readTree(answer).path("schema").asText();
    }
}
