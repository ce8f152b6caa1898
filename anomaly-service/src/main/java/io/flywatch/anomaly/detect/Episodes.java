package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.episode.Episode;
import io.flywatch.anomaly.episode.Observation;
import io.flywatch.anomaly.episode.OpenEpisode;
import io.flywatch.anomaly.episode.Policy;
import io.flywatch.anomaly.episode.Step;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.events.anomaly.AnomalyEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The episodes of one migration, by rule and series. */
final class Episodes {

    private final String migrationId;
    private final Map<Key, Episode> episodes = new LinkedHashMap<>();

    Episodes(String migrationId) {
        this.migrationId = migrationId;
    }

    /** An episode that an earlier process left open. An older one of the same rule and series is returned: nobody closed it. */
    @Nullable
    OpenEpisode resume(OpenEpisode open) {
        Key key = new Key(open.anomaly().rule(), open.anomaly().series());
        return openIn(episodes.put(key, open));
    }

    @Nullable
    AnomalyEvent observe(Observation seen, Policy policy) {
        Key key = new Key(seen.rule().id(), seen.judgement().series());
        Step step = episodes.getOrDefault(key, new Episode.Calm()).observe(seen, policy);
        if (step.next() instanceof Episode.Calm) {
            episodes.remove(key);
        } else {
            episodes.put(key, step.next());
        }
        return step.told();
    }

    /** Ends those of the operators' own rules whose series no longer has one. */
    List<AnomalyEvent> closeUndeclared(Set<String> declared, Instant at) {
        List<AnomalyEvent> told = new ArrayList<>();
        episodes.entrySet().removeIf(each -> {
            boolean gone = each.getKey().rule().equals(RuleName.DECLARED.id())
                    && !declared.contains(each.getKey().series());
            OpenEpisode open = gone ? openIn(each.getValue()) : null;
            if (open != null) {
                told.add(Objects.requireNonNull(open.close(migrationId, at, "the rule is no longer declared")
                        .told()));
            }
            return gone;
        });
        return told;
    }

    /** Ends all, telling of those that were told of. */
    List<AnomalyEvent> closeAll(Instant at, String reason) {
        List<AnomalyEvent> told = new ArrayList<>();
        for (OpenEpisode open : open()) {
            told.add(Objects.requireNonNull(open.close(migrationId, at, reason).told()));
        }
        episodes.clear();
        return told;
    }

    /** Those that the world was told of. */
    List<OpenEpisode> open() {
        List<OpenEpisode> open = new ArrayList<>();
        for (Episode episode : episodes.values()) {
            OpenEpisode told = openIn(episode);
            if (told != null) {
                open.add(told);
            }
        }
        return open;
    }

    private static @Nullable OpenEpisode openIn(@Nullable Episode episode) {
        return switch (episode) {
            case OpenEpisode open -> open;
            case Episode.Recovering recovering -> recovering.open();
            case Episode.Calm calm -> null;
            case Episode.Suspected suspected -> null;
            case Episode.Cooling cooling -> null;
            case null -> null;
        };
    }

    private record Key(String rule, String series) {}
}
