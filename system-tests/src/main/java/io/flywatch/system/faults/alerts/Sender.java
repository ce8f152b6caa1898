package io.flywatch.system.faults.alerts;

import io.flywatch.system.stand.alerts.Dispatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Posts beginnings, and for every second one the end a little later, each again and again until it is accepted. */
final class Sender implements Runnable {

    private static final int ACCEPTED = 200;
    private static final int BETWEEN_MS = 20;
    private static final int OPEN = 10;

    private final String prefix;
    private final int alerts;
    private final Function<Integer, Dispatcher> replica;
    private final Random pace;
    private final Set<String> firing = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final AtomicInteger posted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private int turn;

    /**
     * A sender.
     *
     * @param replica whom to post to, by turn
     */
    Sender(String prefix, int alerts, Function<Integer, Dispatcher> replica) {
        this.prefix = prefix;
        this.alerts = alerts;
        this.replica = replica;
        this.pace = new Random(alerts);
    }

    @Override
    public void run() {
        List<String> open = new ArrayList<>();
        try {
            for (int i = 0; i < alerts; i++) {
                String name = prefix + "-" + i;
                untilAccepted(name, null);
                firing.add(name);
                if (i % 2 == 0) {
                    open.add(name);
                }
                if (open.size() > OPEN) {
                    end(open.removeFirst());
                }
                posted.incrementAndGet();
                Thread.sleep(pace.nextInt(BETWEEN_MS));
            }
            for (String name : open) {
                end(name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(String name) throws InterruptedException {
        untilAccepted(name, Instant.now().minusMillis(1));
        ended.add(name);
    }

    private void untilAccepted(String name, @org.jspecify.annotations.Nullable Instant ends)
            throws InterruptedException {
        // The status says that it is over to one whose clock is behind, too.
        String body = "[{\"labels\":{\"alertname\":\"Fault\",\"n\":\"" + name + "\"},\"endsAt\":\""
                + (ends == null ? Instant.now().plusSeconds(7200) : ends) + "\",\"status\":\""
                + (ends == null ? "firing" : "resolved") + "\"}]";
        while (replica.apply(turn++).post("/api/v2/alerts", body) != ACCEPTED) {
            refused.incrementAndGet();
            Thread.sleep(50);
        }
    }

    /** How many beginnings were accepted so far. */
    int posted() {
        return posted.get();
    }

    /** How many posts were not accepted. */
    int refused() {
        return refused.get();
    }

    /** The accepted beginnings. */
    Set<String> firing() {
        return Set.copyOf(firing);
    }

    /** The accepted ends. */
    Set<String> ended() {
        return Set.copyOf(ended);
    }
}
