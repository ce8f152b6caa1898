package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.NoticeState;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.StoryAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way into the queue of notices. */
public final class NoticeQueue {

    // A notice that nothing of its thread goes before may be sent by the replica that wrote it, as soon as it is
    // stored. Asked as "not exists", it would be answered by reading all that is open, if that was little when
    // PostgreSQL made its plan.
    private static final String QUEUE = """
            insert into dispatcher.notice (receiver, thread, fingerprints, kind, state, story, created_at, since, due_at, attempts, owner)
            select receiver, thread, string_to_array(fingerprints, ' '), kind, case when free then 'SENDING' else 'QUEUED' end, story,
                   at, since, at, case when free then 1 else 0 end, case when free then ?::uuid end
            from (
              select x.*, x.direct and coalesce((
                  select false from dispatcher.notice e
                  where e.thread = x.thread and e.receiver = x.receiver and e.state in ('QUEUED', 'SENDING') limit 1), true) as free
              from {rows}) as waiting
            order by ord
            returning jsonb_build_object('id', id, 'receiver', receiver, 'thread', thread, 'state', state, 'reference', (
                select r.reference from dispatcher.reference r
                where r.receiver = notice.receiver and r.thread = notice.thread))
            """;

    private static final Rows<Waiting> ROWS = Rows.of("ord", "integer", Waiting::ord)
            .and("receiver", "text", Waiting::receiver)
            .and("thread", "varchar", Waiting::thread)
            .and("fingerprints", "text", waiting -> String.join(" ", waiting.fingerprints()))
            .and("kind", "varchar", Waiting::kind)
            .and("story", "text", Waiting::story)
            .and("at", "timestamptz", Waiting::at)
            .and("since", "timestamptz", Waiting::since)
            .and("direct", "boolean", Waiting::direct);

    private NoticeQueue() {}

    private record Waiting(
            int ord,
            String receiver,
            String thread,
            List<String> fingerprints,
            String kind,
            String story,
            Instant at,
            @Nullable Instant since,
            boolean direct) {}

    /**
     * A notice to be queued.
     *
     * @param fingerprints all alerts that it is about
     * @param since since when there is something new to be told; null for what is told again
     * @param direct whether this replica could send it at once
     */
    public record Letter(
            String receiver,
            Story story,
            List<String> fingerprints,
            @Nullable Instant since,
            boolean direct) {
        public Letter {
            fingerprints = List.copyOf(fingerprints);
        }

        /** About the alerts of the story alone. */
        public static Letter of(String receiver, Story story, boolean direct) {
            return new Letter(
                    receiver,
                    story,
                    story.alerts().stream().map(StoryAlert::fingerprint).toList(),
                    null,
                    direct);
        }
    }

    /**
     * Notices that were queued.
     *
     * @param mine those that the replica has in hand
     * @param waiting receivers for whom others wait
     */
    public record Queued(List<Notice> mine, Set<String> waiting) {
        /** None. */
        public static final Queued NOTHING = new Queued(List.of(), Set.of());

        public Queued {
            mine = List.copyOf(mine);
            waiting = Set.copyOf(waiting);
        }
    }

    private record Place(
            long id,
            String receiver,
            String thread,
            String state,
            @Nullable String reference) {
        boolean isFor(Letter letter) {
            return receiver.equals(letter.receiver())
                    && thread.equals(letter.story().thread());
        }
    }

    /** Queues notices, and takes in hand those that nothing of their thread goes before. */
    public static Supplier<Queued> queue(Sql sql, Collection<Letter> letters, Instant now, UUID replica) {
        if (letters.isEmpty()) {
            return () -> Queued.NOTHING;
        }
        List<Letter> all = List.copyOf(letters);
        Set<List<String>> threads = new HashSet<>();
        List<Waiting> rows = new ArrayList<>();
        for (Letter letter : all) {
            boolean first =
                    threads.add(List.of(letter.receiver(), letter.story().thread()));
            rows.add(new Waiting(
                    rows.size(),
                    letter.receiver(),
                    letter.story().thread(),
                    letter.fingerprints(),
                    letter.story().kind().name(),
                    sql.json(letter.story()),
                    now,
                    letter.since(),
                    letter.direct() && first));
        }
        return sql.ask(Place.class, places -> queued(all, places, now), QUEUE, replica.toString(), ROWS.of(rows));
    }

    /** Ids grow in the order of the letters. */
    private static Queued queued(List<Letter> letters, List<Place> places, Instant now) {
        List<Notice> mine = new ArrayList<>();
        Set<String> waiting = new HashSet<>();
        List<Place> inOrder =
                places.stream().sorted(Comparator.comparingLong(Place::id)).toList();
        for (int i = 0; i < letters.size(); i++) {
            Letter letter = letters.get(i);
            Place place = inOrder.get(i);
            if (!place.isFor(letter)) {
                throw new IllegalStateException("notices came back in another order than they were queued");
            }
            if (place.state().equals(NoticeState.SENDING.name())) {
                mine.add(new Notice(
                        place.id(), place.receiver(), letter.story(), now, letter.since(), 1, place.reference()));
            } else {
                waiting.add(place.receiver());
            }
        }
        return new Queued(mine, waiting);
    }
}
