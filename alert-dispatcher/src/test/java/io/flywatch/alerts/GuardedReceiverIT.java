package io.flywatch.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Delivery.Retry;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.events.alert.NoticeKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The guard comes from the container. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(NightProfile.class)
class GuardedReceiverIT {

    @Test
    void tellsOneThatIsSlowByNatureTwiceOnceAndNotEachTime() {
        AtomicInteger told = new AtomicInteger();
        GuardedReceiver slow = guarded("PT0.4S", told, Duration.ofMillis(600));

        assertThat(slow.send(notice(1))).isEqualTo(new Retry(null, "no answer in time"));
        assertThat(slow.send(notice(2))).isEqualTo(new Delivered("taken"));
        assertThat(slow.send(notice(1))).isEqualTo(new Delivered("taken"));
        assertThat(told).hasValue(3);
    }

    @Test
    void waitsForNoneForEver() {
        GuardedReceiver silent = guarded("PT0.05S", new AtomicInteger(), Duration.ofMinutes(10));

        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(silent.send(notice(attempt))).isEqualTo(new Retry(null, "no answer in time"));
        }
        assertThat(silent.send(notice(5)))
                .isInstanceOfSatisfying(
                        Retry.class, left -> assertThat(left.why()).startsWith("left alone"));
    }

    private static Notice notice(int attempt) {
        return Stories.notice(Stories.story(NoticeKind.FIRING, "shop", "lag is 73 s"), attempt);
    }

    private static GuardedReceiver guarded(String timeout, AtomicInteger told, Duration takes) {
        DeliveryConfig config = new SmallRyeConfigBuilder()
                .withMapping(DeliveryConfig.class)
                .withDefaultValue("flywatch.delivery.timeout", timeout)
                .withDefaultValue("flywatch.delivery.break-after", "4")
                .build()
                .getConfigMapping(DeliveryConfig.class);
        ReceiverSpec spec = new ReceiverSpec("slow", "webhook", Map.of(), null, ReceiverSpec.Rate.ANY, 8);
        return new GuardedReceiver(spec, new Slow(told, takes), config);
    }

    private record Slow(AtomicInteger told, Duration takes) implements Receiver {

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public String preview(Notice notice) {
            return "";
        }

        @Override
        public Delivery send(Notice notice) {
            told.incrementAndGet();
            try {
                boolean answered = new CountDownLatch(1).await(takes.toMillis(), TimeUnit.MILLISECONDS);
                return new Delivered(answered ? "never" : "taken");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Retry(null, "interrupted");
            }
        }
    }
}
