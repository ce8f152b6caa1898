package io.flywatch.runner.adapter.connect;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.run.RunFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainMessagesTest {
    private static final String POSTGRES = "jdbc:postgresql://127.0.0.1:5432/shop";
    private static final String MARIADB = "jdbc:mariadb://127.0.0.1:3306/shop";
    private static final String OFF = "value.converter.schemas.enable";

    private static ReplicationMigration with(Map<String, String> connector) {
        return new ReplicationMigration(
                "shop",
                "",
                new ReplicationMigration.Source(
                        "source", List.of("public.orders"), ReplicationMigration.Heartbeat.NONE, connector),
                new ReplicationMigration.Target("target", "shop"),
                1,
                null);
    }

    @Test
    void areTakenFromASourceWhoseCatalogueIsRead() {
        assertThatCode(() -> PlainMessages.check(with(Map.of(OFF, "false", "max.batch.size", "1")), POSTGRES))
                .doesNotThrowAnyException();
        assertThatCode(() -> PlainMessages.check(with(Map.of("decimal.handling.mode", "precise")), POSTGRES))
                .doesNotThrowAnyException();
    }

    @Test
    void areTakenFromMongoDbWhoseDocumentsTellTheirTypesThemselves() {
        assertThatCode(() -> PlainMessages.check(with(Map.of(OFF, "false")), "mongodb://127.0.0.1/?replicaSet=rs0"))
                .doesNotThrowAnyException();
    }

    @Test
    void areRefusedFromASourceWhoseCatalogueIsNot() {
        assertThatThrownBy(() -> PlainMessages.check(with(Map.of(OFF, "false")), MARIADB))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("only a PostgreSQL source's catalogue");
    }

    @Test
    void areRefusedWhereTheFormOfValuesIsChanged() {
        assertThatThrownBy(() ->
                        PlainMessages.check(with(Map.of(OFF, "false", "decimal.handling.mode", "precise")), POSTGRES))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("decimal.handling.mode");
    }
}
