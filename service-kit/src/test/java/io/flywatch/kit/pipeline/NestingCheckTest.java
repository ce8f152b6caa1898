package io.flywatch.kit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NestingCheckTest {
    private static final List<String> COLUMNS = List.of("id", "city", "street", "a.b", "address");

    private static ColumnRule named(String column, String name) {
        return new ColumnRule(column, name, Action.KEEP, null);
    }

    private static TableRoute people(ColumnRule... rules) {
        return new TableRoute("public.people", "people", List.of("id"), List.of(rules), null);
    }

    private static Optional<String> fault(ColumnRule... rules) {
        return NestingCheck.fault(people(rules), COLUMNS, List.of(people(rules)));
    }

    @Test
    void takesColumnsThatBecomeFieldsOfDocuments() {
        assertThat(fault(
                        named("city", "home.city"),
                        named("street", "home.street.name"),
                        new ColumnRule("address", null, Action.DROP, null)))
                .isEmpty();
        assertThat(NestingCheck.isNeeded(List.of(people(named("city", "home.city")))))
                .isTrue();
        assertThat(NestingCheck.isNeeded(List.of(people(named("a.b", "ab"), named("city", "town")))))
                .isFalse();
    }

    @Test
    void refusesAValueThatIsADocumentToo() {
        assertThat(fault(named("city", "address.city")))
                .hasValueSatisfying(why -> assertThat(why)
                        .isEqualTo(
                                "the column city of public.people can't become address.city: there is address beside it,"
                                        + " and a field is a value or a document. Rename one of the two"));
        assertThat(fault(named("city", "home.city"), named("street", "home.city.street")))
                .isPresent();
        assertThat(fault(named("city", "home.city"), named("street", "home.city")))
                .isPresent();
        assertThat(fault(named("city", "a.b")))
                .as("a column that has a dot in its name")
                .isEmpty();
        assertThat(fault(named("city", "address.city"), new ColumnRule("address", null, Action.DROP, null)))
                .isEmpty();
    }

    @Test
    void refusesNamesThatNoFieldHasAndColumnsOfTheKey() {
        assertThat(Stream.of(".city", "home.", "home..city", "home.$city", "$home.city", "_id.city", "_flywatch.city")
                        .filter(name -> fault(named("city", name)).isEmpty()))
                .isEmpty();
        assertThat(fault(named("id", "person.id")))
                .hasValueSatisfying(why -> assertThat(why).contains("of the key"));
    }

    @Test
    void refusesWhatMeetsEmbeddedRows() {
        Embedding embedding = new Embedding("public.people", "home", List.of("person"));
        TableRoute pets = new TableRoute(
                "public.pets", "pets", List.of("id"), List.of(named("person", "owner.id")), null, embedding);
        TableRoute people = people(named("city", "home.city"));

        assertThat(NestingCheck.fault(List.of(pets, people())))
                .hasValueSatisfying(why -> assertThat(why).contains("embedded by it"));
        assertThat(NestingCheck.fault(
                        List.of(people, new TableRoute("public.pets", "pets", List.of("id"), null, null, embedding))))
                .hasValueSatisfying(why -> assertThat(why).contains("there is home beside it"));
    }
}
