package io.flywatch.runner;

import io.flywatch.runner.adapter.kafka.CommandsIn;
import io.flywatch.runner.adapter.kafka.TopicViews;
import io.flywatch.runner.adapter.kafka.Topology;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Starts and stops the runner's threads: one creates topics and ends, one tends runs, one takes samples, two read topics. */
@Singleton
public final class Clockwork {
    private static final Logger LOG = Logger.getLogger(Clockwork.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

    private final RunWorker worker;
    private final Heartbeat heartbeat;
    private final Topology topology;
    private final TopicViews views;
    private final CommandsIn commands;
    private final Samples samples;
    private volatile boolean stopping;

    Clockwork(
            RunWorker worker,
            Heartbeat heartbeat,
            Topology topology,
            TopicViews views,
            CommandsIn commands,
            Samples samples) {
        this.worker = worker;
        this.heartbeat = heartbeat;
        this.topology = topology;
        this.views = views;
        this.commands = commands;
        this.samples = samples;
    }

    void start(@Observes StartupEvent event) {
        thread("topics", this::openTopics);
        thread("run-keeper", this::tend);
        thread("progress-ticker", this::tick);
        views.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        commands.stop();
        worker.stop();
        views.stop();
    }

    private static void thread(String name, Runnable work) {
        Thread.ofPlatform().name(name).daemon(true).start(work);
    }

    /** Commands are read as soon as their topic is there. */
    private void openTopics() {
        boolean told = false;
        while (!stopping) {
            try {
                topology.createTopics();
                commands.start();
                return;
            } catch (Topology.KafkaAway e) {
                if (!told) {
                    LOG.warnf("topics wait for kafka reason=%s", e.getMessage());
                }
                told = true;
                sleep(BETWEEN_ATTEMPTS);
            }
        }
    }

    private void tend() {
        while (!stopping) {
            worker.tend();
            samples.keep();
            try {
                heartbeat.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void tick() {
        long next = System.nanoTime();
        while (!stopping) {
            samples.take();
            next = Math.max(next + 1_000_000_000L, System.nanoTime());
            sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
    }

    private void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
