package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.match.Matcher;
import io.flywatch.alerts.silence.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Silences. */
public final class SilenceTable {

    private SilenceTable() {}

    /** A silence as it is kept: its matchers as they are written. */
    private record Doc(
            String id,
            List<String> matchers,
            Instant startsAt,
            Instant endsAt,
            String createdBy,
            String comment,
            @Nullable Instant noticedAt) {
        Silence silence() {
            return new Silence(
                    id,
                    matchers.stream().map(Matcher::parse).toList(),
                    startsAt,
                    endsAt,
                    createdBy,
                    comment,
                    noticedAt);
        }
    }

    /** Keeps a silence. */
    public static void keep(Sql sql, Silence silence) {
        Doc doc = new Doc(
                silence.id(),
                silence.matchers().stream().map(Matcher::toString).toList(),
                silence.startsAt(),
                silence.endsAt(),
                silence.createdBy(),
                silence.comment(),
                silence.noticedAt());
        sql.later("""
                insert into dispatcher.silence values (?, ?, ?, ?)
                on conflict (id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, doc = excluded.doc
                """, silence.id(), silence.startsAt(), silence.endsAt(), sql.json(doc));
    }

    /** One silence, locked. */
    public static Optional<Silence> lock(Sql sql, String id) {
        return read(sql, "select doc from dispatcher.silence where id = ? for update", id).stream()
                .findFirst();
    }

    /** Those that have not ended. */
    public static List<Silence> open(Sql sql, Instant now) {
        return read(sql, "select doc from dispatcher.silence where ends_at > ? order by id", now);
    }

    /** All of them, those that end last first. */
    public static List<Silence> all(Sql sql, int most) {
        return read(sql, "select doc from dispatcher.silence order by ends_at desc limit ?", most);
    }

    private static List<Silence> read(Sql sql, String query, Object parameter) {
        return sql.texts(query, parameter).stream()
                .map(doc -> sql.value(doc, Doc.class).silence())
                .toList();
    }
}
