package io.flywatch.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.runner.adapter.kafka.ProgressOut;
import io.flywatch.runner.adapter.orm.OwnedRuns;
import io.flywatch.runner.adapter.orm.RunStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Takes the samples of all runs at work, sends them, and keeps the latest for readers. */
@Singleton
public final class Samples {
    private static final Logger LOG = Logger.getLogger(Samples.class);
    private static final Duration BETWEEN_KEPT = Duration.ofSeconds(5);
    private static final int MOST = 1_000;

    private final RunWorker worker;
    private final ProgressOut out;
    private final OwnedRuns owned;
    private final RunStore store;
    private final ObjectMapper json;
    private final Map<String, ProgressSample> latest = new ConcurrentHashMap<>();
    private final Map<String, Instant> kept = new ConcurrentHashMap<>();

    Samples(RunWorker worker, ProgressOut out, OwnedRuns owned, RunStore store, ObjectMapper json) {
        this.worker = worker;
        this.out = out;
        this.owned = owned;
        this.store = store;
        this.json = json;
    }

    /** Called each second by one thread. */
    void take() {
        try {
            if (latest.size() > MOST) {
                latest.clear();
                kept.clear();
            }
            for (ProgressSample sample : worker.samples()) {
                latest.put(sample.runId(), sample);
                out.send(sample);
            }
        } catch (RuntimeException e) {
            LOG.warnf("sample is lost reason=%s", e.getMessage());
        }
    }

    /** Keeps the latest samples for readers after a restart; called by the thread that may wait for the database. */
    void keep() {
        try {
            latest.values().forEach(it -> keep(worker.last(it.runId()).orElse(it)));
        } catch (RuntimeException e) {
            LOG.debugf("samples are not kept reason=%s", e.getMessage());
        }
    }

    private void keep(ProgressSample sample) {
        Instant last = kept.getOrDefault(sample.runId(), Instant.EPOCH);
        if (Duration.between(last, sample.at()).abs().compareTo(BETWEEN_KEPT) >= 0) {
            owned.keep(sample.runId(), write(sample));
            kept.put(sample.runId(), sample.at());
        }
    }

    /** The latest sample of a run: of this runner's own, or the one that was kept last. */
    public Optional<ProgressSample> of(String runId) {
        return worker.last(runId)
                .or(() -> Optional.ofNullable(latest.get(runId)))
                .or(() -> store.sample(runId).flatMap(this::read));
    }

    private String write(ProgressSample sample) {
        try {
            return json.writeValueAsString(sample);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sample can be written", e);
        }
    }

    private Optional<ProgressSample> read(String text) {
        try {
            return Optional.of(json.readValue(text, ProgressSample.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
