package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.Sql;
import io.flywatch.alerts.adapter.jdbc.StormTable;
import io.flywatch.alerts.group.Plan.Telling;
import io.flywatch.events.alert.NoticeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The new groups that are too many for their receivers this minute; they are only counted. Receivers are counted in the same order
 * everywhere, so that no two replicas wait in a circle.
 */
record Storms(Set<Telling> held) {

    private static final int EXAMPLES = 5;

    static Storms count(Sql sql, Terms terms, List<Telling> tellings) {
        Set<Telling> held = new HashSet<>();
        int limit = terms.policy().storm();
        if (limit > 0) {
            Map<String, List<Telling>> byReceiver = tellings.stream()
                    .filter(telling -> telling.kind() == NoticeKind.FIRING)
                    .collect(Collectors.groupingBy(Telling::receiver, TreeMap::new, Collectors.toList()));
            byReceiver.forEach((receiver, all) -> {
                int groups = StormTable.count(sql, receiver, all.size(), limit, terms.now());
                int allowed = Math.max(0, limit - (groups - all.size()));
                List<Telling> rest = new ArrayList<>(all.subList(Math.min(allowed, all.size()), all.size()));
                if (!rest.isEmpty()) {
                    StormTable.example(sql, receiver, examples(rest));
                    held.addAll(rest);
                }
            });
        }
        return new Storms(held);
    }

    private static String examples(List<Telling> held) {
        return held.stream()
                .limit(EXAMPLES)
                .map(telling -> telling.firing().getFirst())
                .map(alert -> alert.migrationId().isEmpty() ? alert.name() : alert.migrationId() + ": " + alert.name())
                .collect(Collectors.joining(", "));
    }

    boolean holds(Telling telling) {
        return held.contains(telling);
    }
}
