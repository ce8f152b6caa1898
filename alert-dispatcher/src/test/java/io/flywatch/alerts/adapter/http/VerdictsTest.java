package io.flywatch.alerts.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.alerts.adapter.http.Answer.Answered;
import io.flywatch.alerts.adapter.http.Answer.Silent;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Delivery.Refused;
import io.flywatch.alerts.deliver.Delivery.Retry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void triesAgainWhatMayWorkLater(int status) {
        assertThat(verdict(status)).isInstanceOf(Retry.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 410})
    void doesNotTryAgainWhatWillNotWork(int status) {
        assertThat(verdict(status)).isEqualTo(new Refused("HTTP " + status + ": no_service"));
    }

    @Test
    void takesAnySuccessForADelivery() {
        assertThat(verdict(200)).isEqualTo(new Delivered("receipt"));
        assertThat(verdict(202)).isEqualTo(new Delivered("receipt"));
        assertThat(Verdicts.of(new Silent("no answer in time"), "receipt"))
                .isEqualTo(new Retry(null, "no answer in time"));
    }

    @Test
    void readsBothFormsOfRetryAfter() {
        assertThat(RetryAfter.parse("30", NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Sun, 22 Nov 2026 14:01:00 GMT", NOW)).isEqualTo(Duration.ofSeconds(60));
        assertThat(RetryAfter.parse("Sun, 22 Nov 2026 13:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.parse("999999999", NOW)).isEqualTo(Duration.ofHours(1));
        assertThat(RetryAfter.parse("soon", NOW)).isNull();
        assertThat(RetryAfter.parse("-1", NOW)).isNull();
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }

    @Test
    void namesTheKeyOfAWrongAddressAndNotTheAddress() {
        assertThatThrownBy(() -> Addresses.of("flywatch.receivers.slack.url", "ftp://hooks/secret"))
                .hasMessageContaining("flywatch.receivers.slack.url")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Addresses.of("flywatch.receivers.slack.url", "http://a b/secret"))
                .hasMessageContaining("flywatch.receivers.slack.url")
                .hasMessageNotContaining("secret");
    }

    private static Delivery verdict(int status) {
        return Verdicts.of(new Answered(status, "no_service\n", null), "receipt");
    }
}
