package io.flywatch.runner.adapter.orm;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.RunState;
import io.flywatch.runner.run.Wish;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code runner.run}. */
@Entity
@Table(name = "run")
// The file may be large: it is not written again with each change.
@DynamicUpdate
@NullUnmarked
class RunEntity {
    @Id
    @Column(name = "id")
    String id;

    @Column(name = "migration_id", nullable = false)
    String migrationId;

    @Enumerated(EnumType.STRING)
    @Column(name = "kind", nullable = false)
    MigrationKind kind;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false)
    RunState state;

    @Column(name = "trigger_kind", nullable = false)
    String trigger;

    @Column(name = "idempotency_key")
    String idempotencyKey;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "error_step")
    String errorStep;

    @Column(name = "error_type")
    String errorType;

    @Column(name = "error_message")
    String errorMessage;

    @Column(name = "error_key_range")
    String errorKeyRange;

    @Column(name = "error_code")
    String errorCode;

    @Column(name = "paused_at")
    Instant pausedAt;

    @Column(name = "number", insertable = false, updatable = false)
    Long number;

    @Column(name = "attempt", nullable = false)
    int attempt = 1;

    @Column(name = "undo_run", updatable = false)
    String undoRun;

    @Column(name = "undo_after", updatable = false)
    String undoAfter;

    @Column(name = "rows_done", nullable = false)
    long rows;

    @Column(name = "file_name", nullable = false)
    String fileName;

    @Column(name = "file_text", nullable = false)
    String fileText;

    @Column(name = "note")
    String note;

    @Column(name = "sample")
    String sample;

    @Enumerated(EnumType.STRING)
    @Column(name = "wish")
    Wish wish;

    @Column(name = "wish_by")
    String wishBy;

    // Written by statements alone, as it is by the database's clock.
    @Column(name = "owner", insertable = false, updatable = false)
    String owner;
}
