package io.flywatch.system.faults.cdc;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Settles the dead letters of a run as a person would: the poison is discarded, and what waited behind it is applied. */
final class Letters {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String PATH = "/dead-letters";

    private final Replication replication;

    Letters(Replication replication) {
        this.replication = replication;
    }

    /**
     * Settles all.
     *
     * @param poisons how many records were poisoned
     * @return what should not have been there
     */
    List<String> settle(int poisons) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        Set<String> poisoned = new HashSet<>();
        Waiting.until(LIMIT, poisons + " poisoned records are in the dead letters, and then none", () -> {
            try {
                JsonNode page = replication.ask("GET", PATH + "?limit=500");
                for (JsonNode letter : page.path("letters")) {
                    settle(letter, poisoned, wrong);
                }
                return poisoned.size() >= poisons
                        && page.path("letters").isEmpty()
                        && page.path("open").asLong(-1) == 0;
            } catch (IOException notNow) {
                return false;
            }
        });
        if (poisoned.size() != poisons) {
            wrong.add(poisoned.size() + " unreadable dead letters, and " + poisons + " were poisoned: " + poisoned);
        }
        return wrong;
    }

    private void settle(JsonNode letter, Set<String> poisoned, List<String> wrong)
            throws IOException, InterruptedException {
        String id = letter.path("id").asText();
        switch (letter.path("kind").asText()) {
            case "unreadable" -> {
                poisoned.add(id);
                replication.ask("DELETE", PATH + "/" + id);
            }
            case "parked" -> replication.ask("POST", PATH + "/" + id + "/replay");
            default -> {
                wrong.add("a dead letter that should not be there: " + letter);
                replication.ask("DELETE", PATH + "/" + id);
            }
        }
    }
}
