package io.flywatch.runner.adapter.orm;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code runner.run_failure}. */
@Entity
@Table(name = "run_failure")
@NullUnmarked
class FailureEntity {
    @EmbeddedId
    Key key;

    @Column(name = "failed_at", nullable = false)
    Instant failedAt;

    @Column(name = "step")
    String step;

    @Column(name = "type", nullable = false)
    String type;

    @Column(name = "message", nullable = false)
    String message;

    @Column(name = "key_range")
    String keyRange;

    @Column(name = "code")
    String code;

    /** An attempt of a run. */
    @Embeddable
    record Key(
            @Column(name = "run_id") String runId,
            @Column(name = "attempt") int attempt) {}
}
