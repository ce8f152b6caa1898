package io.flywatch.quickstart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What has to be closed, the last opened first, once, whoever asks. */
final class Closing implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Closing.class.getName());

    private final Deque<AutoCloseable> first = new ArrayDeque<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /** Takes something to be closed; closes it now if it is too late. */
    synchronized <T extends AutoCloseable> T add(T resource) {
        if (closed) {
            close(resource);
            throw new Refusal("The quickstart is ending.");
        }
        open.push(resource);
        return resource;
    }

    /** Takes something to be closed before all else. */
    synchronized void addFirst(AutoCloseable resource) {
        first.push(resource);
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!first.isEmpty()) {
            close(first.pop());
        }
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "not closed in order: " + resource, e);
        }
    }
}
