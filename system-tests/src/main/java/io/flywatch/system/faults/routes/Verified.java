package io.flywatch.system.faults.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks the processor itself whether source and target are equal. */
record Verified(Replication replication) {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String ALL = "/verifications";

    /** What it finds that is not so, as what is equal was just seen to be. */
    List<String> differences() throws IOException, InterruptedException {
        JsonNode ordered = replication.ask("POST", ALL);
        String id = ordered.path("id").asText();
        if (id.isEmpty()) {
            return List.of("no verification could be ordered: " + ordered);
        }
        Waiting.until(LIMIT, "the verification has ended", () -> {
            String stage = look(id).path("stage").asText();
            return !stage.isEmpty() && !List.of("requested", "running").contains(stage);
        });
        JsonNode result = look(id);
        List<String> wrong = new ArrayList<>();
        if (!result.path("stage").asText().equals("equal")) {
            wrong.add("the verification says " + result.path("stage").asText() + ", as "
                    + result.path("reason").asText());
            wrong.add(ask(ALL + "/" + id + "/mismatches?limit=5")
                    .path("mismatches")
                    .toString());
        }
        return wrong;
    }

    private JsonNode look(String id) {
        return ask(ALL + "/" + id);
    }

    private JsonNode ask(String path) {
        try {
            return replication.ask("GET", path);
        } catch (IOException notNow) {
            return MissingNode.getInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
