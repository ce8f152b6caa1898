package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.NoticeState;
import io.flywatch.alerts.notice.Story;
import io.flywatch.events.alert.NoticeKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A notice as it is kept. */
@Entity
@Table(name = "notice")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class NoticeRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    String fingerprint;

    String receiver;

    @Enumerated(EnumType.STRING)
    NoticeKind kind;

    @Enumerated(EnumType.STRING)
    NoticeState state;

    String story;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "due_at")
    Instant dueAt;

    @Column(name = "claimed_till")
    @Nullable
    Instant claimedTill;

    int attempts;

    @Column(name = "done_at")
    @Nullable
    Instant doneAt;

    @Nullable
    String outcome;

    static NoticeRow queued(String receiver, Story story, Instant now, StoredJson json) {
        NoticeRow row = new NoticeRow();
        row.fingerprint = story.fingerprint();
        row.receiver = receiver;
        row.kind = story.kind();
        row.state = NoticeState.QUEUED;
        row.story = json.write(story);
        row.createdAt = now;
        row.dueAt = now;
        return row;
    }

    Notice notice(StoredJson json) {
        return new Notice(id, receiver, json.read(story, Story.class), createdAt, attempts);
    }

    NoticeView view(StoredJson json) {
        Story told = json.read(story, Story.class);
        return new NoticeView(
                id,
                fingerprint,
                told.migrationId(),
                told.anomaly().rule(),
                receiver,
                kind,
                told.anomaly().severity(),
                state,
                attempts,
                createdAt,
                state == NoticeState.QUEUED ? dueAt : null,
                doneAt,
                outcome);
    }
}
