package io.flywatch.alerts;

import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.notice.Notice;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way to one receiver: so many notices at the same time, and the others behind them. While outcomes are being kept the next may be
 * sent already; but no more than twice as many notices as go at the same time are ever sent without the others knowing what became of
 * them, as a replica that is killed leaves those to be sent again.
 */
final class Lane {

    private static final int ROOM = 2000;
    private static final int AHEAD = 256;
    private static final int UNKNOWN = 2;

    private final GuardedReceiver receiver;
    private final Recorder recorder;
    private final Recorder.Settled settled;
    private final Predicate<Notice> elsewhere;
    private final Queue<Notice> waiting = new ArrayDeque<>();
    private int sending;
    private int unknown;
    private boolean closed;

    /**
     * A way.
     *
     * @param elsewhere takes a notice that is not this receiver's any more, as the policy changed while it waited
     */
    Lane(GuardedReceiver receiver, Recorder recorder, Recorder.Settled settled, Predicate<Notice> elsewhere) {
        this.receiver = receiver;
        this.recorder = recorder;
        this.settled = settled;
        this.elsewhere = elsewhere;
    }

    GuardedReceiver receiver() {
        return receiver;
    }

    synchronized boolean hasRoom() {
        return waiting.size() < ROOM;
    }

    /** How many more may be taken ahead: none before about half of those are gone, as each look costs a transaction. */
    synchronized int ahead() {
        int room = AHEAD - waiting.size();
        return room < AHEAD / 2 ? 0 : room;
    }

    /** How many more it would send at once. */
    synchronized int free() {
        int most = receiver.spec().concurrency();
        return Math.min(most - sending, UNKNOWN * most - unknown) - waiting.size();
    }

    void add(Notice notice) {
        synchronized (this) {
            waiting.add(notice);
        }
        pump();
    }

    /** Sends no more; those come back that were not sent. */
    synchronized List<Notice> close() {
        closed = true;
        List<Notice> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }

    private void pump() {
        for (Notice next = next(); next != null; next = next()) {
            Notice notice = next;
            Thread.ofVirtual().name("notice-" + notice.id()).start(() -> send(notice));
        }
    }

    private synchronized @Nullable Notice next() {
        int most = receiver.spec().concurrency();
        if (closed || sending >= most || unknown >= UNKNOWN * most) {
            return null;
        }
        Notice next = waiting.poll();
        if (next != null) {
            sending++;
            unknown++;
        }
        return next;
    }

    private void send(Notice notice) {
        if (elsewhere.test(notice)) {
            done(1, 1);
            return;
        }
        Delivery delivery = receiver.send(notice);
        recorder.record(notice, delivery, receiver, (kept, followed) -> {
            settled.kept(kept, followed);
            done(0, 1);
        });
        done(1, 0);
    }

    private void done(int sent, int known) {
        synchronized (this) {
            sending -= sent;
            unknown -= known;
        }
        pump();
    }
}
