package io.flywatch.alerts;

import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.notice.Notice;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to one receiver: so many notices at the same time, and the others behind them. */
final class Lane {

    private static final int ROOM = 2000;
    private static final int AHEAD = 256;

    private final GuardedReceiver receiver;
    private final Recorder recorder;
    private final Recorder.Settled settled;
    private final Semaphore permits;
    private final Queue<Notice> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();

    Lane(GuardedReceiver receiver, Recorder recorder, Recorder.Settled settled) {
        this.receiver = receiver;
        this.recorder = recorder;
        this.settled = settled;
        this.permits = new Semaphore(receiver.spec().concurrency());
    }

    GuardedReceiver receiver() {
        return receiver;
    }

    boolean hasRoom() {
        return length.get() < ROOM;
    }

    /** How many more may be taken ahead: none before about half of those are gone, as each look costs a transaction. */
    int ahead() {
        int room = AHEAD - length.get();
        return room < AHEAD / 2 ? 0 : room;
    }

    /** How many more it would send at once. */
    int free() {
        return permits.availablePermits() - length.get();
    }

    void add(Notice notice) {
        length.incrementAndGet();
        waiting.add(notice);
        pump();
    }

    private void pump() {
        while (!waiting.isEmpty() && permits.tryAcquire()) {
            Notice next = waiting.poll();
            if (next == null) {
                permits.release();
            } else {
                length.decrementAndGet();
                Thread.ofVirtual().name("notice-" + next.id()).start(() -> send(next));
            }
        }
    }

    private void send(Notice notice) {
        Delivery delivery = receiver.send(notice);
        // The next may go as soon as this one's outcome is kept: a receiver gets no more than it may at the same time,
        // and no more than so many outcomes are ever unknown to the others.
        recorder.record(notice, delivery, receiver, (done, followed) -> {
            settled.kept(done, followed);
            permits.release();
            pump();
        });
    }
}
