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

/** The last verification of each pipeline that has ended. */
@Singleton
public final class VerificationView implements TopicView {
    private final ObjectMapper json;
    private final Map<String, Last> latest = new ConcurrentHashMap<>();

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
            case VerificationFinished it -> latest.put(it.migrationId(), new Last(it, null));
            case VerificationOutdated it ->
                latest.computeIfPresent(
                        it.migrationId(),
                        (id, last) -> last.result.verificationId().equals(it.verificationId())
                                ? new Last(last.result, it.reason())
                                : last);
            case VerificationStarted it -> {}
            case VerificationProgress it -> {}
            case UnknownVerification it -> {}
        }
    }

    /** Of that run. */
    public Optional<Last> of(String migrationId, String runId) {
        return Optional.ofNullable(latest.get(migrationId)).filter(it -> runId.equals(it.result.runId()));
    }
}
