package io.flywatch.cdc.embed;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/** Lets threads take one step at a time, in an order that a seed decides; kills some of them between two steps. */
final class Turns {
    private final Random random;
    private final double killed;
    private final Semaphore back = new Semaphore(0);

    Turns(long seed, double killed) {
        this.random = new Random(seed);
        this.killed = killed;
    }

    /** The process is gone. */
    static final class KilledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KilledException() {
            super("killed", null, false, false);
        }
    }

    /** A thread that waits for its turn before each step. */
    final class Player {
        private final Semaphore turn = new Semaphore(0);
        private volatile boolean over;
        private volatile boolean dies;
        private final Thread thread;

        Player(Runnable play) {
            this.thread = Thread.ofVirtual().unstarted(() -> {
                turn.acquireUninterruptibly();
                try {
                    play.run();
                } finally {
                    over = true;
                    back.release();
                }
            });
        }

        /** Before a step. */
        void await() {
            back.release();
            turn.acquireUninterruptibly();
            if (dies) {
                dies = false;
                throw new KilledException();
            }
        }
    }

    void play(List<Player> players) {
        players.forEach(player -> player.thread.start());
        for (List<Player> left = players;
                !left.isEmpty();
                left = left.stream().filter(it -> !it.over).toList()) {
            Player next = left.get(random.nextInt(left.size()));
            next.dies = random.nextDouble() < killed;
            next.turn.release();
            back.acquireUninterruptibly();
        }
    }
}
