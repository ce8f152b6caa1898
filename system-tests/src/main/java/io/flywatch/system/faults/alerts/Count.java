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
 * @param repeated notices that came again with the same key: doubled for a receiver that knows no key
 * @param doubled alerts that were told again by another notice: doubled for every receiver
 * @param disordered alerts whose end came before their beginning
 * @param history what the history says
 * @param seconds from the last post until all was told
 */
record Count(int accepted, int lost, int repeated, int doubled, int disordered, History history, long seconds) {

    static Count of(Set<String> firing, Set<String> ended, List<Letter> letters, History history, long seconds) {
        Map<String, Set<String>> keys = new HashMap<>();
        Map<String, Integer> times = new HashMap<>();
        Set<String> begun = new HashSet<>();
        int disordered = 0;
        for (Letter letter : letters) {
            keys.computeIfAbsent(letter.name() + " " + letter.kind(), it -> new HashSet<>())
                    .add(letter.key());
            times.merge(letter.key(), 1, Integer::sum);
            if (letter.kind().equals("firing")) {
                begun.add(letter.name());
            } else if (!begun.contains(letter.name())) {
                disordered++;
            }
        }
        long lost = firing.stream()
                        .filter(name -> !keys.containsKey(name + " firing"))
                        .count()
                + ended.stream()
                        .filter(name -> !keys.containsKey(name + " resolved"))
                        .count();
        int doubled = keys.values().stream().mapToInt(all -> all.size() - 1).sum();
        int repeated = times.values().stream().mapToInt(all -> all - 1).sum();
        return new Count(firing.size() + ended.size(), (int) lost, repeated, doubled, disordered, history, seconds);
    }

    Count plus(Count other) {
        return new Count(
                accepted + other.accepted,
                lost + other.lost,
                repeated + other.repeated,
                doubled + other.doubled,
                disordered + other.disordered,
                history.plus(other.history),
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
        // A receiver that took a notice and was too slow to say so gets it again, and the history has that attempt.
        int allowed = trouble == Trouble.RECEIVER_HANGS ? 0 : history.slow();
        if (repeated > allowed && !trouble.kills()) {
            wrong.add(repeated + " notices came twice although nothing was killed and none was answered late");
        }
        if (disordered > 0) {
            wrong.add(disordered + " ends came before their beginnings");
        }
        if (history.unexplained() > 0) {
            wrong.add(history.unexplained() + " alerts have no decision");
        }
        if (history.undelivered() > 0) {
            wrong.add(history.undelivered() + " notices are not shown as delivered");
        }
        if (history.unwritten() > 0 && !trouble.kills()) {
            wrong.add(history.unwritten() + " notices were tried again, and the history does not say why");
        }
        return wrong;
    }

    @Override
    public String toString() {
        return "%d accepted, %d lost, %d doubled, %d repeated with the same key, %d failed attempts in the history, all told %d s after the last post"
                .formatted(accepted, lost, doubled, repeated, history.attempts(), seconds);
    }
}
