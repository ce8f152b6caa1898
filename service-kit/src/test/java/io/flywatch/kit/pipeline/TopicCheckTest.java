package io.flywatch.kit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicCheckTest {
    private static List<TableRoute> tables(String... names) {
        return Stream.of(names)
                .map(name -> new TableRoute(name, name, List.of("id")))
                .toList();
    }

    @Test
    void refusesTablesWhoseNamesBecomeOne() {
        assertThat(TopicCheck.fault(tables("public.order items", "public.a", "public.order_items")))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("public.order items and of public.order_items", "Rename one"));
        assertThat(TopicCheck.fault(tables("public.größe", "public.gr$ße"))).isPresent();
    }

    @Test
    void takesAllOthers() {
        assertThat(TopicCheck.fault(tables("public.Orders", "public.orders", "public.order-s", "other.orders", "a.b$")))
                .isEmpty();
    }
}
