package io.flywatch.kit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionNameCheckTest {
    private static List<TableRoute> to(String name) {
        return List.of(new TableRoute("public.orders", name, List.of("id")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a$b", "a\0b", ".a", "system.users", "a.system.b"})
    void refusesWhatMongoDbRefuses(String name) {
        assertThat(CollectionNameCheck.fault("shop", to(name)))
                .hasValueSatisfying(why -> assertThat(why).contains("public.orders", "target.mapping"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "Order Items", "a.b", "größe", "systems", "a-b_c"})
    void takesAllOthers(String name) {
        assertThat(CollectionNameCheck.fault("shop", to(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {124, 125})
    void countsBytesWithThoseOfTheDatabase(int letters) {
        assertThat(CollectionNameCheck.fault("abcde", to("ü".repeat(letters))).isPresent())
                .isEqualTo(letters == 125);
    }
}
