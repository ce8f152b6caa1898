package io.flywatch.system.bench.incidents;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What happens to the lines of a stand: one thread for each line; incidents three at a time, so that they don't blur each other. */
final class Script implements AutoCloseable {
    private static final int AT_A_TIME = 3;
    private static final int CALM_FIRST_SECONDS = 100;
    private static final int AFTER_BROKER_SECONDS = 50;
    private static final int LONGEST_INCIDENT_SECONDS = 75;

    private final IncidentStand stand;
    private final boolean incidents;
    private final Random random;
    private final Semaphore permits = new Semaphore(AT_A_TIME, true);
    private final Deque<IncidentKind> kinds;
    private final List<Label> labels = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger over = new AtomicInteger();
    private volatile long end;

    Script(IncidentStand stand, String mode, List<IncidentKind> which, Random random) {
        this.stand = stand;
        this.incidents = mode.equals("incidents");
        this.random = random;
        List<IncidentKind> shuffled = new ArrayList<>(which);
        Collections.shuffle(shuffled, random);
        this.kinds = new ArrayDeque<>(shuffled);
    }

    void begin(long seconds) {
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (Line line : stand.lines()) {
            Random own = new Random(random.nextLong());
            threads.add(Thread.ofPlatform().daemon().name(line.id()).start(() -> {
                try {
                    play(line, own);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (Exception e) {
                    System.err.println(line.id() + " ends early: " + e);
                } finally {
                    over.incrementAndGet();
                }
            }));
        }
    }

    boolean isOver() {
        return over.get() == threads.size();
    }

    List<Label> labels() {
        return List.copyOf(labels);
    }

    private void play(Line line, Random own) throws Exception {
        calm("snapshot", line, own, () -> {
            stand.begin(line);
            line.prepare(own.nextLong());
        });
        if (incidents) {
            pause(CALM_FIRST_SECONDS, CALM_FIRST_SECONDS + 15, own);
            while (left() > LONGEST_INCIDENT_SECONDS && incident(line, own)) {
                pause(35, 50, own);
            }
        } else {
            pause(60, 90, own);
            while (left() > LONGEST_INCIDENT_SECONDS) {
                calmly(line, own);
                pause(30, 60, own);
            }
        }
        pause(Math.max(0, (int) left() - 1), Math.max(1, (int) left()), own);
    }

    private long left() {
        return TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
    }

    private boolean incident(Line line, Random own) throws Exception {
        permits.acquire();
        IncidentKind kind;
        synchronized (kinds) {
            kind = kinds.poll();
        }
        if (kind == null || left() < LONGEST_INCIDENT_SECONDS) {
            permits.release();
            return false;
        }
        int held = 1;
        try {
            List<String> struck = List.of(line.id());
            if (kind == IncidentKind.BROKER_PAUSE) {
                permits.acquire(AT_A_TIME - 1);
                held = AT_A_TIME;
                TimeUnit.SECONDS.sleep(10);
                struck = stand.lines().stream().map(Line::id).toList();
            }
            long from = System.currentTimeMillis();
            String what = new Mischief(stand, line, own).run(kind);
            Label label = new Label(kind.label(), true, struck, from, System.currentTimeMillis(), what);
            labels.add(label);
            System.err.println(label);
            if (kind == IncidentKind.BROKER_PAUSE) {
                // Every line has to be over it before it is struck again.
                TimeUnit.SECONDS.sleep(AFTER_BROKER_SECONDS);
            }
        } finally {
            permits.release(held);
        }
        return true;
    }

    private void calmly(Line line, Random own) throws Exception {
        switch (own.nextInt(7)) {
            case 0, 1, 2 ->
                calm("load_peak", line, own, () -> {
                    line.load().factor(1.5 + 1.5 * own.nextDouble());
                    pause(15, 40, own);
                    line.load().factor(1);
                });
            case 3, 4 ->
                calm("pause", line, own, () -> {
                    stand.order(line, "pause");
                    pause(12, 25, own);
                    stand.order(line, "resume");
                });
            case 5 ->
                calm("idle", line, own, () -> {
                    line.load().factor(0);
                    pause(20, 35, own);
                    line.load().factor(1);
                });
            default -> restart(line, own);
        }
    }

    private void restart(Line line, Random own) throws Exception {
        if (own.nextInt(3) > 0) {
            calm("restart_connector", line, own, () -> stand.connector(line, "restart"));
        } else if (permits.tryAcquire(AT_A_TIME)) {
            try {
                long from = System.currentTimeMillis();
                stand.restartProcessor();
                List<String> all = stand.lines().stream().map(Line::id).toList();
                labels.add(new Label("restart_processor", false, all, from, System.currentTimeMillis(), "all lines"));
            } finally {
                permits.release(AT_A_TIME);
            }
        }
    }

    private void calm(String kind, Line line, Random own, Deed deed) throws Exception {
        long from = System.currentTimeMillis();
        deed.run();
        labels.add(new Label(kind, false, List.of(line.id()), from, System.currentTimeMillis(), ""));
    }

    private static void pause(int least, int most, Random own) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1000L * least + own.nextInt(Math.max(1, 1000 * (most - least))));
    }

    /** Something done to a line. */
    private interface Deed {
        void run() throws Exception;
    }

    @Override
    public void close() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            thread.join(5_000);
        }
    }
}
