package io.flywatch.quickstart.trouble;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Breaks one thing at a time, for as long as it says, and mends it. */
public final class Troubles implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(400);

    private final List<Trouble> all;
    private final Listener listener;
    private final AtomicReference<@Nullable Thread> atWork = new AtomicReference<>();

    /** Who is told. */
    public interface Listener {
        /** It is being broken now. */
        void broken(Trouble trouble);

        /** It is mended; {@code failure} says what went wrong with the breaking or mending. */
        void mended(Trouble trouble, @Nullable String failure);
    }

    /** Offers these. */
    public Troubles(List<Trouble> all, Listener listener) {
        this.all = List.copyOf(all);
        this.listener = listener;
    }

    /** The names of those that can be had. */
    public List<String> names() {
        return all.stream().map(Trouble::name).toList();
    }

    /**
     * Breaks something.
     *
     * @return done when it is mended; its value says what went wrong with it, empty for nothing
     * @throws IllegalArgumentException if there is no such trouble, or another is on
     */
    public CompletableFuture<String> inject(String name) {
        Trouble trouble = all.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' can't be broken here. There is "
                        + all.stream().map(Trouble::name).collect(Collectors.joining(", ")) + "."));
        CompletableFuture<String> done = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().name("trouble").unstarted(() -> run(trouble, done));
        if (!atWork.compareAndSet(null, thread)) {
            throw new IllegalArgumentException("Something is broken already; wait until it is mended.");
        }
        thread.start();
        return done;
    }

    private void run(Trouble trouble, CompletableFuture<String> done) {
        String failure = "";
        try {
            listener.broken(trouble);
            trouble.begin();
            long end = System.nanoTime() + trouble.lasts().toNanos();
            while (System.nanoTime() < end) {
                trouble.go();
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            failure = "ended early";
        } catch (Exception e) {
            failure = String.valueOf(e.getMessage());
        }
        failure = mend(trouble, failure);
        atWork.set(null);
        listener.mended(trouble, failure.isEmpty() ? null : failure);
        done.complete(failure);
    }

    private static String mend(Trouble trouble, String before) {
        try {
            trouble.end();
            return before;
        } catch (Exception e) {
            return before + " " + e.getMessage();
        }
    }

    @Override
    public void close() {
        Thread thread = atWork.get();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
