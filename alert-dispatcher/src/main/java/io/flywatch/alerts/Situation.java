package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.SilenceTable;
import io.flywatch.alerts.adapter.jdbc.Sql;
import io.flywatch.alerts.silence.Silence;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What holds now: the policy, the silences, the time, and who this replica is. */
@Singleton
public final class Situation {

    private static final Duration SILENCES_FOR = Duration.ofSeconds(1);

    private final Policies policies;
    private final SteadyClock clock;
    private final Courier courier;
    private volatile @Nullable Seen seen;

    private record Seen(List<Silence> silences, Instant at) {}

    Situation(Policies policies, SteadyClock clock, Courier courier) {
        this.policies = policies;
        this.clock = clock;
        this.courier = courier;
    }

    /** What holds; silences that another replica made are known within a second. */
    Terms terms(Sql sql) {
        Instant now = clock.instant();
        Seen known = seen;
        if (known == null || known.at().plus(SILENCES_FOR).isBefore(now)) {
            known = new Seen(SilenceTable.open(sql, now), now);
            seen = known;
        }
        return new Terms(policies.current(), known.silences(), now, courier.replica(), courier::direct);
    }

    /** Silences changed. */
    public void forget() {
        seen = null;
    }

    /** Who this replica is. */
    UUID replica() {
        return courier.replica();
    }
}
