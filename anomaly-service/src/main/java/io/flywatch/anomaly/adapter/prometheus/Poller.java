package io.flywatch.anomaly.adapter.prometheus;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.anomaly.AnomalyConfig;
import io.flywatch.anomaly.AnomalyMetrics;
import io.flywatch.anomaly.PrometheusConfig;
import io.flywatch.anomaly.RuleBook;
import io.flywatch.anomaly.Watchtower;
import io.flywatch.anomaly.adapter.prometheus.PrometheusApi.Point;
import io.flywatch.anomaly.adapter.prometheus.PrometheusApi.QueryException;
import io.flywatch.anomaly.adapter.prometheus.PrometheusApi.Result;
import io.flywatch.anomaly.polled.PolledPoint;
import io.flywatch.anomaly.polled.PolledQuery;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks Prometheus for what the rules' file wants to know of the surroundings of those migrations that this replica watches. Of a
 * migration that it has just taken over, what was before is asked for first, so that nothing has to be learned anew.
 */
@Singleton
public final class Poller {

    private static final Logger LOG = Logger.getLogger(Poller.class);
    private static final int MOST_RESULTS = 20;
    private static final long STOP_WITHIN_MS = 5_000;

    private final Watchtower watchtower;
    private final RuleBook rules;
    private final PrometheusConfig config;
    private final Duration past;
    private final ObjectMapper json;
    private final AnomalyMetrics metrics;
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch stop = new CountDownLatch(1);
    /** By migration the queries that were asked for what was before, and for which beginning of the watch. */
    private final Map<String, Map<PolledQuery, Long>> caughtUp = new HashMap<>();

    /** By migration and query. */
    private final Map<String, Map<String, String>> troubles = new ConcurrentHashMap<>();

    private @Nullable Thread thread;

    Poller(
            Watchtower watchtower,
            RuleBook rules,
            PrometheusConfig config,
            AnomalyConfig detection,
            ObjectMapper json,
            AnomalyMetrics metrics) {
        this.watchtower = watchtower;
        this.rules = rules;
        this.config = config;
        this.past = detection.replay();
        this.json = json;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        config.url()
                .ifPresent(url -> thread = Thread.ofVirtual().name("prometheus").start(() -> {
                    try (PrometheusApi prometheus = new PrometheusApi(url, config, json)) {
                        poll(prometheus);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop.countDown();
        Thread asking = thread;
        if (asking != null) {
            asking.interrupt();
            asking.join(STOP_WITHIN_MS);
        }
    }

    /** What is wrong with a query now, by its name; nothing for those that are answered. */
    public Map<String, String> troubles() {
        Map<String, String> all = new TreeMap<>();
        for (PolledQuery query : rules.state().file().polled()) {
            String trouble = config.url().isEmpty()
                    ? "flywatch.prometheus.url is not set: nothing is asked"
                    : troubles.values().stream()
                            .map(known -> known.get(query.name()))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null);
            if (trouble != null) {
                all.put(query.name(), trouble);
            }
        }
        return all;
    }

    private void poll(PrometheusApi prometheus) throws InterruptedException {
        do {
            List<PolledQuery> queries = rules.state().file().polled();
            Set<String> migrations = watchtower.board().migrations().keySet();
            // A migration that was gone in between begins anew.
            caughtUp.keySet().retainAll(migrations);
            troubles.keySet().retainAll(migrations);
            for (String migration : migrations) {
                for (PolledQuery query : queries) {
                    if (query.isOf(migration)) {
                        ask(prometheus, query, migration);
                    }
                }
            }
        } while (!stop.await(config.every().toMillis(), TimeUnit.MILLISECONDS));
    }

    private void ask(PrometheusApi prometheus, PolledQuery query, String migration) throws InterruptedException {
        Map<PolledQuery, Long> known = caughtUp.computeIfAbsent(migration, key -> new HashMap<>());
        long begun = watchtower.begun();
        boolean before = known.getOrDefault(query, -1L) != begun;
        Instant now = clock.instant();
        try {
            String text = query.of(migration);
            List<Result> results =
                    before ? prometheus.query(text, now.minus(past), now, config.every()) : prometheus.query(text);
            watchtower.polled(points(query, migration, results));
            if (before) {
                known.put(query, begun);
            }
            told(query, migration, results.isEmpty() ? "the query gives nothing for " + migration : null);
            metrics.polled(true);
        } catch (QueryException e) {
            told(query, migration, String.valueOf(e.getMessage()));
            metrics.polled(false);
        } catch (RuntimeException e) {
            // An answer that nobody foresaw, or a header that can't be sent: the other queries go on.
            told(query, migration, "it can't be asked, or the answer is not understood: " + e);
            metrics.polled(false);
        }
    }

    private void told(PolledQuery query, String migration, @Nullable String trouble) {
        Map<String, String> known = troubles.computeIfAbsent(migration, key -> new ConcurrentHashMap<>());
        String before = trouble == null ? known.remove(query.name()) : known.put(query.name(), trouble);
        if (trouble != null && !trouble.equals(before)) {
            LOG.warnf("query is not answered name=%s reason=%s", query.name(), trouble);
        } else if (trouble == null && before != null) {
            LOG.infof("query is answered again name=%s", query.name());
        }
    }

    private static List<PolledPoint> points(PolledQuery query, String migration, List<Result> results) {
        List<PolledPoint> points = new ArrayList<>();
        // Always the same of too many, whatever the order of the answer.
        results.stream()
                .sorted(Comparator.comparing(result -> name(result.labels())))
                .limit(MOST_RESULTS)
                .forEach(result -> {
                    String part = results.size() == 1 ? query.name() : query.name() + "/" + name(result.labels());
                    for (Point point : result.points()) {
                        points.add(new PolledPoint(migration, part, point.at(), point.value(), query.meaning()));
                    }
                });
        return points;
    }

    private static String name(Map<String, String> labels) {
        StringBuilder name = new StringBuilder();
        new TreeMap<>(labels)
                .forEach((label, value) -> name.append(name.isEmpty() ? "" : ",")
                        .append(label)
                        .append('=')
                        .append(value));
        return name.toString();
    }
}
