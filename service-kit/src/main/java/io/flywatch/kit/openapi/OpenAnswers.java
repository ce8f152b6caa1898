package io.flywatch.kit.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.kit.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes what the OpenAPI document says of answers: each operation tells its errors, as problem details with an example, and what is
 * answered is shown as it looks, where there is an example: {@code /openapi/<schema>.json} on the class path.
 */
public final class OpenAnswers implements OASFilter {
    private static final String API = "/api/";
    private static final String PROBLEM = "Problem";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final Map<String, String> TITLES = Map.of(
            "400", "Wrong parameter",
            "403", "Not allowed",
            "404", "Unknown",
            "409", "Not now",
            "422", "Not possible as declared",
            "503", "Out of reach");
    private static final Map<String, String> REMEDIES = Map.of(
            "400", "Correct the parameter that the detail names.",
            "403", "Ask somebody with the role, or for the role.",
            "404", "Look at the list above it for what there is.",
            "409", "Wait for the end of what is active, or end it, and ask again.",
            "422", "Correct what the detail and the errors name, and ask again.",
            "503", "Look whether it runs and can be reached; ask again later.");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
            return;
        }
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents().addSchema(PROBLEM, problem());
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(API)) {
                complete(path, item);
            }
        });
    }

    private static void complete(String path, PathItem item) {
        for (Operation operation : item.getOperations().values()) {
            if (operation.getResponses() == null) {
                operation.setResponses(OASFactory.createAPIResponses());
            }
            add(operation, "403", "The caller has not the role that this takes");
            if (path.contains("{")) {
                add(operation, "404", "There is nothing of that id");
            }
            operation.getResponses().getAPIResponses().forEach(OpenAnswers::complete);
        }
    }

    private static void add(Operation operation, String status, String description) {
        if (!operation.getResponses().hasAPIResponse(status)) {
            operation
                    .getResponses()
                    .addAPIResponse(status, OASFactory.createAPIResponse().description(description));
        }
    }

    private static void complete(String status, APIResponse answer) {
        if (status.charAt(0) >= '4' && answer.getContent() == null) {
            MediaType media = OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref(SCHEMAS + PROBLEM))
                    .example(example(status, answer.getDescription()));
            answer.setContent(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, media));
        } else if (answer.getContent() != null) {
            answer.getContent().getMediaTypes().values().forEach(OpenAnswers::complete);
        }
    }

    private static void complete(MediaType media) {
        Schema schema = media.getSchema();
        if (schema == null || media.getExample() != null) {
            return;
        }
        Schema items = schema.getItems();
        if (schema.getRef() != null) {
            shown(schema.getRef()).ifPresent(media::setExample);
        } else if (items != null && items.getRef() != null) {
            shown(items.getRef()).ifPresent(it -> media.setExample(List.of(it)));
        }
    }

    private static Map<String, Object> example(String status, String detail) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", "about:blank");
        example.put("title", TITLES.getOrDefault(status, "Not done"));
        example.put("status", Integer.parseInt(status));
        example.put("detail", detail + ".");
        example.put("remedy", REMEDIES.getOrDefault(status, "See the service's log."));
        return example;
    }

    private static Optional<Object> shown(String ref) {
        String name = "/openapi/" + ref.substring(SCHEMAS.length()) + ".json";
        try (InputStream json = OpenAnswers.class.getResourceAsStream(name)) {
            return json == null ? Optional.empty() : Optional.of(new ObjectMapper().readValue(json, Map.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema problem() {
        return OASFactory.createSchema()
                .description("An error as RFC 9457 tells it.")
                .addType(Schema.SchemaType.OBJECT)
                .addProperty("type", text("Names the kind of problem; about:blank where the status says enough"))
                .addProperty("title", text("The kind of problem in a few words"))
                .addProperty(
                        "status",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.INTEGER)
                                .description("The HTTP status"))
                .addProperty("detail", text("What happened, to what"))
                .addProperty("remedy", text("What to do about it"))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(text("One fault"))
                                .description("The single faults, where there are several"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
