package io.flywatch.quickstart.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A process that stands still until this is closed, as a hung one does: it keeps its ports and its connections, and does nothing. */
public final class Frozen implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;

    private final Child child;

    private Frozen(Child child) {
        this.child = child;
    }

    /** Lets it stand still. */
    public static Frozen of(Child child) {
        signal("-STOP", child);
        return new Frozen(child);
    }

    /** Lets it go on. */
    @Override
    public void close() {
        signal("-CONT", child);
    }

    private static void signal(String which, Child child) {
        String pid = Long.toString(child.process().pid());
        try {
            Process kill = new ProcessBuilder("kill", which, pid).start();
            if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("kill " + which + " " + pid + " had no effect on " + child.name());
            }
        } catch (IOException e) {
            throw new IllegalStateException("kill is not there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
