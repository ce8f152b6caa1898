package io.flywatch.cdc.adapter.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.VerificationStore.Wish;
import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.Order;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.Stage;
import io.flywatch.cdc.verify.TableState;
import io.flywatch.cdc.verify.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What every place that keeps verifications promises. */
public final class StoreContract {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private StoreContract() {}

    /** Holds all of it against a store that is empty. */
    public static void keepsVerificationsAndTheirMismatches(VerificationStore store) {
        Verification fresh = new Verification(
                "v1",
                "shop",
                "r1",
                new Order(List.of(), 10, null, 1, null, null),
                true,
                Stage.REQUESTED,
                "waits",
                NOW,
                null,
                null,
                null,
                List.of(TableState.of("public.t", "t")));
        assertThat(store.create(fresh)).isTrue();
        assertThat(store.create(fresh)).isFalse();
        VerificationStore.Claim first =
                store.claim("shop", NOW, Duration.ofSeconds(30)).orElseThrow();
        assertThat(first.kept().verification()).isEqualTo(fresh);
        assertThat(store.claim("shop", NOW.plusSeconds(5), Duration.ofSeconds(30)))
                .isEmpty();

        VerificationStore.Claim second =
                store.claim("shop", NOW.plusSeconds(60), Duration.ofSeconds(30)).orElseThrow();
        Verification running = second.kept().verification().running(NOW, "schema");
        assertThat(store.save(running, first.epoch(), NOW, true))
                .as("the late replica")
                .isEmpty();
        assertThat(store.save(running, second.epoch(), NOW, true)).contains(Wish.RUN);
        assertThat(store.wish("shop", "v1", Wish.PAUSE)).isTrue();
        assertThat(store.claim("shop", NOW.plusSeconds(99), Duration.ofSeconds(30)))
                .isEmpty();
        assertThat(store.save(running, second.epoch(), NOW, false)).contains(Wish.PAUSE);
        assertThat(store.wish("shop", "v1", Wish.RUN)).isFalse();
        assertThat(store.get("shop", "v1").orElseThrow().verification()).isEqualTo(running);
        assertThat(store.outdate("shop", "v1")).isTrue();
        assertThat(store.outdate("shop", "v1")).isFalse();

        Mismatch one = new Mismatch(RowKey.of("a,1", "\"b\""), Kind.DIFFERENT, List.of("x", "y"));
        Mismatch two = new Mismatch(RowKey.of("a", "2"), Kind.MISSING, List.of());
        store.found("v1", "public.t", List.of(one, two), NOW);
        store.found("v1", "public.t", List.of(one), NOW);
        assertThat(store.mismatches("v1", null, null, null, 10))
                .extracting(VerificationStore.FoundMismatch::mismatch)
                .containsExactlyInAnyOrder(one, two);
        assertThat(store.mismatches("v1", "public.t", Kind.MISSING, null, 10)).hasSize(1);
        String cursor = store.mismatches("v1", null, null, null, 1).getFirst().cursor();
        assertThat(store.mismatches("v1", null, null, cursor, 10)).hasSize(1);
    }
}
