package io.flywatch.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerTaskTest {

    @Test
    void tellsBlocksAsAShareOfTheRowsThatTheServerBelievesIn() {
        ServerTask task = new ServerTask("CREATE INDEX", "orders", "scanning", 25L, 100L, "blocks", 4_000L);

        assertThat(task.rowsDone()).isEqualTo(1_000);
        assertThat(task.rowsTotal()).isEqualTo(4_000);
        assertThat(task.told()).isEqualTo("CREATE INDEX on orders: scanning");
    }

    @Test
    void countsNoRowsWhereNoneAreKnown() {
        assertThat(new ServerTask("VACUUM", "orders", "", 25L, 100L, "blocks", null).rowsDone())
                .isNull();
        assertThat(new ServerTask("CREATE INDEX", "orders", "waiting", 1L, 2L, "sessions", 10L).rowsTotal())
                .isNull();
        assertThat(new ServerTask("COPY FROM", "orders", "pipe", 700L, null, "rows", null).rowsDone())
                .isEqualTo(700);
        assertThat(new ServerTask("CREATE INDEX", "orders", "begins", null, null, "blocks", 10L).rowsDone())
                .isNull();
    }

    @Test
    void neverTellsMoreThanAll() {
        assertThat(new ServerTask("VACUUM", "orders", "", 120L, 100L, "blocks", 50L).rowsDone())
                .isEqualTo(50);
    }
}
