package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.AlertsConfig.LinksConfig;
import io.flywatch.alerts.notice.Links;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Starts what runs by itself, in the order in which one needs the other, and ends it the other way round. */
@Singleton
final class Wiring {

    private final PolicyLoader loader;
    private final Recorder recorder;
    private final Courier courier;
    private final Desk desk;
    private final Timekeeper timekeeper;
    private final DeliveryConfig delivery;

    Wiring(
            PolicyLoader loader,
            Recorder recorder,
            Courier courier,
            Desk desk,
            Timekeeper timekeeper,
            DeliveryConfig delivery) {
        this.loader = loader;
        this.recorder = recorder;
        this.courier = courier;
        this.desk = desk;
        this.timekeeper = timekeeper;
        this.delivery = delivery;
    }

    void start(@Observes StartupEvent event) {
        loader.start();
        recorder.start();
        courier.start();
        desk.start();
        timekeeper.start();
    }

    /** First nothing new is decided, then nothing more is sent, and last it is kept what became of what was sent. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        timekeeper.stop();
        desk.stop();
        courier.stop(delivery.timeout());
        recorder.stop();
    }

    @Produces
    @Singleton
    static Links links(LinksConfig config) {
        return new Links(config.console(), config.dashboard(), config.runbook());
    }
}
