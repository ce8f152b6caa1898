package io.flywatch.system.stand;

import io.flywatch.events.Topics;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Flywatch's own topics, for stands in which no runner makes them. */
public final class StandTopics {
    private StandTopics() {}

    /** Makes those that are not there, of one partition each. */
    public static void make(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers))) {
            Set<String> there = admin.listTopics().names().get();
            admin.createTopics(Topics.ALL.stream()
                            .filter(topic -> !there.contains(topic.name()))
                            .map(topic -> new NewTopic(topic.name(), 1, (short) 1).configs(topic.config()))
                            .toList())
                    .all()
                    .get();
        }
    }
}
