package io.flywatch.runner.adapter.orm;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code runner.schedule}. */
@Entity
@Table(name = "schedule")
@NullUnmarked
class ScheduleEntity {
    @Id
    @Column(name = "migration_id")
    String migrationId;

    @Column(name = "timetable", nullable = false)
    String timetable;

    @Column(name = "handled", nullable = false)
    Instant handled;

    @Column(name = "outcome")
    String outcome;

    @Column(name = "run_id")
    String runId;

    @Column(name = "told")
    String told;
}
