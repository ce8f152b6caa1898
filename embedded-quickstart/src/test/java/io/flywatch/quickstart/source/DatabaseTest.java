package io.flywatch.quickstart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    @Test
    void takesUserAndPasswordOutOfTheAddress() {
        Database database =
                Database.parse("jdbc:postgresql://ann:s%40cret%3A+1@db.example:5433/shop?sslmode=require", Map.of());

        assertThat(database)
                .isEqualTo(new Database("jdbc:postgresql://db.example:5433/shop?sslmode=require", "ann", "s@cret:+1"));
    }

    @Test
    void takesThemFromParametersAndRatherFromTheEnvironment() {
        String url = "postgres://db.example/shop?user=ann&password=secret";

        assertThat(Database.parse(url, Map.of()))
                .isEqualTo(new Database("jdbc:postgresql://db.example:5432/shop", "ann", "secret"));
        assertThat(Database.parse(url, Map.of("FLYWATCH_SOURCE_PASSWORD", "better"))
                        .password())
                .isEqualTo("better");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        for (String url :
                new String[] {"shop", "jdbc:mysql://db/shop", "jdbc:postgresql://db.example", "postgresql://a b/c"}) {
            assertThatThrownBy(() -> Database.parse(url, Map.of())).hasMessageContaining("looks like");
        }
    }
}
