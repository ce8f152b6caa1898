package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Delivery.Retry;
import io.flywatch.alerts.deliver.Leeway;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.notice.Notice;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** Lets no receiver take for ever, waits longer for one that is slow, and leaves alone one that fails again and again. */
public final class GuardedReceiver implements Receiver {

    private final ReceiverSpec spec;
    private final Receiver inner;
    private final Duration breakFor;
    private final TypedGuard<Delivery> guard;
    private final AtomicReference<CircuitBreakerState> circuit = new AtomicReference<>(CircuitBreakerState.CLOSED);
    private final AtomicReference<Leeway> leeway;
    private final Map<Duration, TypedGuard<Delivery>> limits = new ConcurrentHashMap<>();

    GuardedReceiver(ReceiverSpec spec, Receiver inner, DeliveryConfig config) {
        this.spec = spec;
        this.inner = inner;
        this.breakFor = config.breakFor();
        this.guard = TypedGuard.create(Delivery.class)
                .withDescription(inner.name())
                .withCircuitBreaker()
                .requestVolumeThreshold(config.breakAfter())
                .failureRatio(1.0)
                .delay(config.breakFor().toMillis(), ChronoUnit.MILLIS)
                .onStateChange(circuit::set)
                .done()
                .build();
        this.leeway = new AtomicReference<>(Leeway.of(config.timeout(), System.nanoTime()));
    }

    @Override
    public String name() {
        return inner.name();
    }

    /** As it was declared. */
    public ReceiverSpec spec() {
        return spec;
    }

    /** Whether it is left alone: {@code closed} if it is not, {@code open} if it is, {@code half_open} if it is being tried. */
    public CircuitBreakerState circuit() {
        return Objects.requireNonNull(circuit.get());
    }

    @Override
    public String preview(Notice notice) {
        return inner.preview(notice);
    }

    @Override
    public Delivery send(Notice notice) {
        try {
            return guard.call(() -> {
                Delivery delivery = inTime(() -> inner.send(notice));
                // A receiver that says when to come back is alive.
                if (delivery instanceof Retry retry && retry.after() == null) {
                    throw new NotNow(retry);
                }
                return delivery;
            });
        } catch (NotNow e) {
            return e.retry;
        } catch (CircuitBreakerOpenException e) {
            return new Retry(breakFor, "left alone for " + breakFor + " after repeated failures");
        } catch (TimeoutException e) {
            return new Retry(null, "no answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Retry(null, "interrupted");
        } catch (Exception e) {
            return new Retry(null, "unexpected " + e.getClass().getSimpleName());
        }
    }

    private Delivery inTime(Callable<Delivery> sending) throws Exception {
        Duration limit = leeway().now();
        long before = System.nanoTime();
        try {
            Delivery delivery = limits.computeIfAbsent(limit, this::limited).call(sending);
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            leeway.updateAndGet(it -> it.answered(took, System.nanoTime()));
            return delivery;
        } catch (TimeoutException e) {
            // Several that were sent together and were not answered say no more than one.
            leeway.updateAndGet(it -> it.now().equals(limit) ? it.missed(System.nanoTime()) : it);
            throw e;
        }
    }

    private TypedGuard<Delivery> limited(Duration limit) {
        return TypedGuard.create(Delivery.class)
                .withDescription(inner.name() + " within " + limit)
                .withTimeout()
                .duration(limit.toMillis(), ChronoUnit.MILLIS)
                .done()
                .build();
    }

    private Leeway leeway() {
        return Objects.requireNonNull(leeway.get());
    }

    /** Makes the outcome a failure in the eyes of the circuit breaker. */
    private static final class NotNow extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Retry retry;

        NotNow(Retry retry) {
            super(retry.why(), null, false, false);
            this.retry = retry;
        }
    }
}
