package io.flywatch.runner.adapter.orm;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code runner.run_step}. */
@Entity
@Table(name = "run_step")
@NullUnmarked
class StepEntity {
    @EmbeddedId
    Key key;

    @Column(name = "name", nullable = false)
    String name;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    @Column(name = "rows_done", nullable = false)
    long rows;

    /** A step's place in its run. */
    @Embeddable
    record Key(
            @Column(name = "run_id") String runId,
            @Column(name = "step_index") int index) {}
}
