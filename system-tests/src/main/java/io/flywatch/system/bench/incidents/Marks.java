package io.flywatch.system.bench.incidents;

import io.flywatch.system.bench.incidents.Rehearsed.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How well incidents were found. An incident is found by an episode that opens between its start and half a minute after its end, of a
 * migration that it struck; its delay is from the start of the cause. An episode that opens elsewhere, and not within a minute after an
 * incident of its migration, is a false alarm. An incident that begins within half a minute after another one of its migration is not
 * scored.
 */
final class Marks {
    private static final long LATE_MS = 30_000;
    private static final long RECOVERY_MS = 30_000;
    private static final long AFTERMATH_MS = 60_000;

    static final Map<IncidentKind, List<String>> RIGHT = Map.ofEntries(
            Map.entry(IncidentKind.SLOW_TARGET, List.of("target_slow")),
            Map.entry(IncidentKind.TARGET_LOCK, List.of("target_lock")),
            Map.entry(IncidentKind.ERROR_BURST, List.of("error_burst")),
            Map.entry(IncidentKind.CONNECTOR_STOPPED, List.of("connector_stopped")),
            Map.entry(IncidentKind.HEARTBEAT_STOPPED, List.of("heartbeat_stopped")),
            Map.entry(IncidentKind.SOURCE_BURST, List.of("source_burst")),
            Map.entry(IncidentKind.HUGE_TRANSACTION, List.of("huge_transaction")),
            Map.entry(IncidentKind.BROKER_PAUSE, List.of("broker")),
            Map.entry(IncidentKind.NETWORK_DELAY, List.of("network")),
            Map.entry(IncidentKind.NETWORK_CUT, List.of("network")),
            Map.entry(IncidentKind.DISK_FULL, List.of("disk_full")),
            Map.entry(IncidentKind.SKEWED_CLOCK, List.of("skewed_clock")),
            Map.entry(IncidentKind.THROUGHPUT_LEAK, List.of("target_slow")));

    /**
     * How one incident went.
     *
     * @param delayMs from its start to the first telling; negative if it was not found
     * @param firstCause what was told to be the likeliest cause when the episode opened
     * @param lastCause the same, when the incident ended
     */
    record Outcome(String slice, Label label, long delayMs, String rule, String firstCause, String lastCause) {
        boolean found() {
            return delayMs >= 0;
        }

        boolean rightFirst() {
            return right(firstCause);
        }

        boolean rightLast() {
            return right(lastCause);
        }

        private boolean right(String cause) {
            return Objects.requireNonNull(RIGHT.get(IncidentKind.of(label.kind())))
                    .contains(cause);
        }
    }

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> falseAlarms = new ArrayList<>();
    private double calmHours;

    /** Takes a slice with what was told of each of its migrations. */
    void take(String slice, Recording recording, Map<String, List<Told>> told) {
        List<Label> incidents =
                recording.labels().stream().filter(Label::incident).toList();
        incidents.stream()
                .filter(incident -> incidents.stream().noneMatch(other -> isInAftermath(incident, other)))
                .forEach(incident -> outcomes.add(outcome(slice, incident, told)));
        for (String migration : recording.migrations()) {
            List<Label> own =
                    incidents.stream().filter(label -> label.strikes(migration)).toList();
            long troubled = own.stream()
                    .mapToLong(label -> label.to() + AFTERMATH_MS - label.from())
                    .sum();
            calmHours += Math.max(0, recording.to() - recording.from() - troubled) / 3.6e6;
            told.getOrDefault(migration, List.of()).stream()
                    .filter(Told::opens)
                    .filter(event -> own.stream()
                            .noneMatch(label -> event.at() >= label.from() && event.at() <= label.to() + AFTERMATH_MS))
                    .forEach(event -> falseAlarms.add(slice + "/" + migration + " at "
                            + (event.at() - recording.from()) / 1000 + " s: "
                            + event.anomaly().path("rule").asText() + ": "
                            + event.anomaly().path("summary").asText()));
        }
    }

    /** Where one incident's trouble is not over when the next begins, nobody can say of which an alarm is. */
    private static boolean isInAftermath(Label label, Label other) {
        return label != other
                && label.migrations().stream().anyMatch(other::strikes)
                && label.from() >= other.from()
                && label.from() < other.to() + RECOVERY_MS;
    }

    private static Outcome outcome(String slice, Label label, Map<String, List<Told>> told) {
        Outcome best = new Outcome(slice, label, -1, "", "", "");
        for (String migration : label.migrations()) {
            List<Told> events = told.getOrDefault(migration, List.of());
            for (Told event : events) {
                long delay = event.at() - label.from();
                if (event.opens() && delay >= 0 && event.at() <= label.to() + LATE_MS) {
                    if (!best.found() || delay < best.delayMs()) {
                        String last = events.stream()
                                .filter(later -> later.episode().equals(event.episode())
                                        && later.at() <= Math.max(label.to(), event.at())
                                        && !later.type().endsWith("closed"))
                                .reduce(event, (one, other) -> other)
                                .cause();
                        best = new Outcome(
                                slice,
                                label,
                                delay,
                                event.anomaly().path("rule").asText(),
                                event.cause(),
                                last);
                    }
                    break;
                }
            }
        }
        return best;
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    List<String> falseAlarms() {
        return List.copyOf(falseAlarms);
    }

    double calmHours() {
        return calmHours;
    }

    double falseAlarmsPerDay() {
        return calmHours == 0 ? 0 : falseAlarms.size() / calmHours * 24;
    }

    /** The delay in seconds that this share of the found incidents did not exceed. */
    double delay(double share) {
        List<Long> delays = outcomes.stream()
                .filter(Outcome::found)
                .map(Outcome::delayMs)
                .sorted()
                .toList();
        return delays.isEmpty()
                ? Double.NaN
                : delays.get((int) Math.min(delays.size() - 1, Math.floor(share * delays.size()))) / 1e3;
    }

    Map<String, List<Outcome>> byKind() {
        Map<String, List<Outcome>> kinds = new TreeMap<>();
        outcomes.forEach(it -> kinds.computeIfAbsent(it.label().kind(), key -> new ArrayList<>())
                .add(it));
        return kinds;
    }
}
