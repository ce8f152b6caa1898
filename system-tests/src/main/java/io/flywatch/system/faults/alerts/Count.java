package io.flywatch.system.faults.alerts;

import io.flywatch.system.stand.alerts.Inbox.Letter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run counted.
 *
 * @param accepted alerts that were accepted, beginnings and ends
 * @param lost of them, what never came to the receiver
 * @param repeated notices that came again with the same key
 * @param doubled alerts that were told again by another notice
 * @param unexplained alerts without a decision that says why
 * @param seconds from the last post until all was told
 */
record Count(int accepted, int lost, int repeated, int doubled, int unexplained, long seconds) {

    static Count of(Set<String> firing, Set<String> ended, List<Letter> letters, int unexplained, long seconds) {
        Map<String, Set<String>> keys = new HashMap<>();
        Map<String, Integer> times = new HashMap<>();
        for (Letter letter : letters) {
            keys.computeIfAbsent(letter.name() + " " + letter.kind(), it -> new HashSet<>())
                    .add(letter.key());
            times.merge(letter.key(), 1, Integer::sum);
        }
        long lost = firing.stream()
                        .filter(name -> !keys.containsKey(name + " firing"))
                        .count()
                + ended.stream()
                        .filter(name -> !keys.containsKey(name + " resolved"))
                        .count();
        int doubled = keys.values().stream().mapToInt(all -> all.size() - 1).sum();
        int repeated = times.values().stream().mapToInt(all -> all - 1).sum();
        return new Count(firing.size() + ended.size(), (int) lost, repeated, doubled, unexplained, seconds);
    }

    Count plus(Count other) {
        return new Count(
                accepted + other.accepted,
                lost + other.lost,
                repeated + other.repeated,
                doubled + other.doubled,
                unexplained + other.unexplained,
                Math.max(seconds, other.seconds));
    }

    List<String> wrong(Trouble trouble) {
        List<String> wrong = new ArrayList<>();
        if (lost > 0) {
            wrong.add(lost + " of " + accepted + " were lost");
        }
        if (doubled > 0) {
            wrong.add(doubled + " were told again by another notice");
        }
        if (repeated > 0 && !trouble.kills()) {
            wrong.add(repeated + " notices came twice although nothing was killed");
        }
        if (unexplained > 0) {
            wrong.add(unexplained + " alerts have no decision");
        }
        return wrong;
    }

    @Override
    public String toString() {
        return "%d accepted, %d lost, %d doubled, %d repeated with the same key, all told %d s after the last post"
                .formatted(accepted, lost, doubled, repeated, seconds);
    }
}
