package io.flywatch.anomaly.adapter.kafka;

import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.watch.RunWatched;
import io.flywatch.events.watch.WatchEvent;
import io.flywatch.kit.events.EventMessages;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Says of each run, every few seconds, that it is watched and up to when it has been judged. Judging never waits for it: what is lost
 * is said again.
 */
@Singleton
final class Watches {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Emitter<WatchEvent> emitter;
    private final EventMessages messages;
    private final Map<String, Seen> seen = new HashMap<>();
    private Instant toldAt = Instant.EPOCH;

    Watches(
            @Channel("watches") @OnOverflow(OnOverflow.Strategy.DROP) Emitter<WatchEvent> emitter,
            EventMessages messages) {
        this.emitter = emitter;
        this.messages = messages;
    }

    private record Seen(String runId, Instant upTo) {}

    /** Others may have the partitions now. */
    void begin() {
        seen.clear();
    }

    /** An event has been judged, and what follows from it told. */
    void judged(FlywatchEvent event) {
        String run = event.runId();
        if (run != null && (event instanceof LagSample || event instanceof ProgressSample)) {
            seen.merge(
                    event.migrationId(),
                    new Seen(run, event.at()),
                    (before, now) -> now.upTo.isAfter(before.upTo) ? now : before);
        }
    }

    /** Tells of the runs of which something was judged since it last told. */
    void tell(Instant now) {
        if (now.isBefore(toldAt.plus(EVERY))) {
            return;
        }
        toldAt = now;
        seen.forEach((migration, last) ->
                emitter.send(messages.of(migration, new RunWatched(migration, last.runId, now, last.upTo))));
        seen.clear();
    }
}
