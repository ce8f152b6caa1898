package io.flywatch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxConnectorTest {

    @Test
    void readsTheDatabaseFromTheJdbcUrl() {
        var connector = connector("jdbc:postgresql://db.example:6543/flywatch?sslmode=require", Optional.empty());

        assertThat(connector.configuration())
                .containsEntry("database.hostname", "db.example")
                .containsEntry("database.port", "6543")
                .containsEntry("database.dbname", "flywatch")
                .containsEntry("table.include.list", "runner.outboxevent")
                .containsEntry("slot.name", "flywatch_outbox_runner");
    }

    @Test
    void takesPostgresqlsPortIfTheUrlHasNone() {
        assertThat(connector("jdbc:postgresql://localhost/flywatch", Optional.empty())
                        .configuration())
                .containsEntry("database.port", "5432");
    }

    @Test
    void givesKafkaConnectAnotherHostWhereItNeedsOne() {
        assertThat(connector("jdbc:postgresql://localhost/flywatch", Optional.of("postgres.internal"))
                        .configuration())
                .containsEntry("database.hostname", "postgres.internal");
    }

    @Test
    void neverMakesSlotOrPublicationByItselfAfterTheFirstEvent() {
        assertThat(connector("jdbc:postgresql://localhost/flywatch", Optional.empty())
                        .configuration())
                .containsEntry("publication.autocreate.mode", "disabled")
                .containsEntry("snapshot.mode", "no_data");
    }

    private static OutboxConnector connector(String url, Optional<String> host) {
        return new OutboxConnector("runner", url, "me", "secret", new OutboxConfig() {
            @Override
            public boolean enabled() {
                return true;
            }

            @Override
            public String schema() {
                return "runner";
            }

            @Override
            public Optional<String> databaseHost() {
                return host;
            }

            @Override
            public Optional<Integer> databasePort() {
                return Optional.empty();
            }
        });
    }
}
