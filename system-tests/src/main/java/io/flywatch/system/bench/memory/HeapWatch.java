package io.flywatch.system.bench.memory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks at a service's heap again and again, and keeps the most that it saw. */
final class HeapWatch implements AutoCloseable {
    private static final String USED = "jvm_memory_used_bytes{area=\"heap\"";
    private static final long BETWEEN_LOOKS_MILLIS = 250;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest metrics;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;
    private volatile double most;

    private HeapWatch(String url) {
        this.metrics = HttpRequest.newBuilder(URI.create(url + "/q/metrics"))
                .header("Accept", "text/plain")
                .timeout(Duration.ofSeconds(10))
                .build();
        this.thread = Thread.ofPlatform().daemon().name("heap-watch").start(this::watch);
    }

    static HeapWatch of(String url) {
        return new HeapWatch(url);
    }

    private void watch() {
        try {
            while (!stopped.get()) {
                most = Math.max(most, look());
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double look() throws InterruptedException {
        try {
            return http.send(metrics, BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(USED))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException notNow) {
            return 0;
        }
    }

    /** Bytes, garbage included. */
    double most() {
        return most;
    }

    @Override
    public void close() throws InterruptedException {
        stopped.set(true);
        thread.join();
        http.close();
    }
}
