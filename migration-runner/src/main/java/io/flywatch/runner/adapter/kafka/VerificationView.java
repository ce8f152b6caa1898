package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.verification.UnknownVerification;
import io.flywatch.events.verification.VerificationEvent;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationOutdated;
import io.flywatch.events.verification.VerificationProgress;
import io.flywatch.events.verification.VerificationStarted;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The verifications of all pipelines: the last one of each that has ended, and those at work. */
@Singleton
public final class VerificationView implements TopicView {
    private final ObjectMapper json;
    private final Map<String, Last> latest = new ConcurrentHashMap<>();
    private final Map<String, VerificationFinished> ended = new ConcurrentHashMap<>();
    private final Map<String, VerificationProgress> working = new ConcurrentHashMap<>();

    VerificationView(ObjectMapper json) {
        this.json = json;
    }

    /**
     * A verification that has ended.
     *
     * @param outdated why it no longer speaks of what is there; null if it does
     */
    public record Last(
            VerificationFinished result, @Nullable String outdated) {}

    @Override
    public void on(ConsumerRecord<String, byte[]> record) throws IOException {
        VerificationEvent event = json.readValue(record.value(), VerificationEvent.class);
        switch (event) {
            case VerificationFinished it -> {
                latest.put(it.migrationId(), new Last(it, null));
                ended.put(it.verificationId(), it);
                working.remove(it.verificationId());
            }
            case VerificationOutdated it ->
                latest.computeIfPresent(
                        it.migrationId(),
                        (id, last) -> last.result.verificationId().equals(it.verificationId())
                                ? new Last(last.result, it.reason())
                                : last);
            case VerificationStarted it -> {}
            case VerificationProgress it -> {
                if (!ended.containsKey(it.verificationId())) {
                    working.put(it.verificationId(), it);
                }
            }
            case UnknownVerification it -> {}
        }
    }

    /** Of that run. */
    public Optional<Last> of(String migrationId, String runId) {
        return Optional.ofNullable(latest.get(migrationId)).filter(it -> runId.equals(it.result.runId()));
    }

    /** The end of one. */
    public Optional<VerificationFinished> end(String verificationId) {
        return Optional.ofNullable(ended.get(verificationId));
    }

    /** How far one is that has not ended, as far as it has told. */
    public Optional<VerificationProgress> progress(String verificationId) {
        return Optional.ofNullable(working.get(verificationId));
    }
}
