package io.flywatch.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.stack.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of the first version, with what was in it, becomes one of the newest. */
class MigrationIT {

    private static final String ANOMALY = """
            {"id":"ep-1","rule":"high_lag","series":"lag","severity":"critical","value":73,"limit":60,"unit":"seconds",
             "since":"2026-11-22T14:03:10Z","peak":80,"summary":"shop: lag is 73 s","cause":"the target is slow"}""";

    @Test
    void carriesAlertsOverAndWhoWasToldOfThem(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            postgres.createDatabase("old");
            migrate(postgres, "1");
            try (Connection connection = postgres.connect("old");
                    Statement statement = connection.createStatement()) {
                statement.execute("""
                        insert into dispatcher.alert values
                          ('f1', 'shop', 'r1', 'high_lag', 'FIRING', 'CRITICAL', 'ep-1', '%1$s', now(), now(), null, null),
                          ('f2', 'books', null, 'stalled', 'RESOLVED', 'WARNING', 'ep-2', '%1$s', now(), now(), now(), 'back');
                        insert into dispatcher.notice (fingerprint, receiver, kind, state, story, created_at, due_at) values
                          ('f1', 'slack', 'FIRING', 'DELIVERED', '{"anomaly":{"severity":"critical"}}', now(), now()),
                          ('f1', 'email', 'FIRING', 'QUEUED', '{"anomaly":{"severity":"critical"}}', now(), now());
                        """.formatted(ANOMALY));
            }

            migrate(postgres, "latest");

            assertThat(text(
                            postgres,
                            "select string_agg(fingerprint || receiver || severity || how, ',') from dispatcher.told"))
                    .isEqualTo("f1slackCRITICALTOLD");
            JsonNode alert = new ObjectMapper()
                    .readTree(text(postgres, "select doc from dispatcher.alert where fingerprint = 'f1'"));
            assertThat(alert.at("/labels/migration").asText()).isEqualTo("shop");
            assertThat(alert.at("/state").asText()).isEqualTo("firing");
            assertThat(alert.at("/annotations/summary").asText()).isEqualTo("shop: lag is 73 s");
            assertThat(text(postgres, "select count(*)::text from dispatcher.alert"))
                    .isEqualTo("2");
            assertThat(text(postgres, "select count(trail)::text from dispatcher.notice"))
                    .isEqualTo("0");
        }
    }

    private static void migrate(EmbeddedPostgres postgres, String target) {
        Flyway.configure()
                .dataSource(postgres.jdbcUrl("old"), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD)
                .schemas("dispatcher")
                .defaultSchema("dispatcher")
                .target(target)
                .load()
                .migrate();
    }

    private static String text(EmbeddedPostgres postgres, String query) throws SQLException {
        try (Connection connection = postgres.connect("old");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return String.valueOf(found.getString(1));
        }
    }
}
