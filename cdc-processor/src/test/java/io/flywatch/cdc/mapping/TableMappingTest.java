package io.flywatch.cdc.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Captured;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Operation;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.change.Stamps;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableMappingTest {
    private static final Mask MASK = new Mask("a salt of some more than 16 bytes");
    private static final Shape SHAPE = Shape.untyped(List.of("id", "email", "ssn", "age", "city"));

    private static ColumnRule rule(String column, @Nullable String name, Action action, @Nullable String value) {
        return new ColumnRule(column, name, action, value);
    }

    private static TableRoute route(ColumnRule... rules) {
        return new TableRoute("public.people", "people", List.of("id"), List.of(rules), null);
    }

    private static Decoded put(Row row) {
        Key key = new Key(List.of("id"), List.of(7));
        return new Decoded.Of(
                new Captured(new Change.Put(key, row, null), Operation.CREATE, null, false, new Stamps(0, 0, 0, 0), 1));
    }

    private static Row mapped(TableMapping mapping, @Nullable Object... values) {
        Decoded decoded = mapping.apply(put(new Row(SHAPE, values)));
        assertThat(decoded).isInstanceOf(Decoded.Of.class);
        return ((Change.Put) ((Decoded.Of) decoded).captured().change()).row();
    }

    @Test
    void renamesDropsCastsAndMasks() {
        TableMapping mapping = TableMapping.of(
                route(
                        rule("id", "person", Action.KEEP, null),
                        rule("email", "mail", Action.HASH, null),
                        rule("ssn", null, Action.DROP, null),
                        rule("age", null, Action.CAST, "text"),
                        rule("city", null, Action.FIXED, "somewhere")),
                MASK);

        Row row = mapped(mapping, 7, "a@b.c", "123", new BigDecimal("41.0"), "Bern");

        assertThat(row.shape().names()).containsExactly("person", "mail", "age", "city");
        assertThat(row.value(1)).asString().hasSize(64).doesNotContain("a@b.c");
        assertThat(row.value(2)).isEqualTo("41.0");
        assertThat(row.value(3)).isEqualTo("somewhere");
        assertThat(mapping.names(List.of("id"))).containsExactly("person");
        assertThat(mapping.key(new Key(List.of("id"), List.of(7))).text()).isEqualTo("person=7");
    }

    @Test
    void keepsNullAndUnavailableApart() {
        TableMapping mapping = TableMapping.of(
                route(
                        rule("email", null, Action.HASH, null),
                        rule("ssn", null, Action.NULL, null),
                        rule("city", null, Action.CAST, "integer")),
                MASK);

        Row row = mapped(mapping, 7, Unavailable.VALUE, "123", null, null);

        assertThat(Arrays.asList(row.value(1), row.value(2), row.value(4)))
                .containsExactly(Unavailable.VALUE, null, null);
        assertThat(row.isComplete()).isFalse();
    }

    @Test
    void putsARowAsideThatItCannotMapAndNamesNoValue() {
        TableMapping mapping = TableMapping.of(route(rule("age", null, Action.CAST, "integer")), null);

        assertThat(mapping.apply(put(new Row(SHAPE, 7, "a", "b", "forty", "c"))))
                .isEqualTo(new Decoded.Unreadable("id=7", "the column age has a value that is no integer"));
    }

    @Test
    void letsNothingPassOnceAHiddenColumnWasRenamedAtTheSource() {
        TableMapping mapping = TableMapping.of(route(rule("email", null, Action.HASH, null)), MASK);
        Row renamed = new Row(Shape.untyped(List.of("id", "mail")), 7, "a@b.c");

        assertThat(mapping.apply(put(renamed)))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason())
                                .contains("email")
                                .doesNotContain("a@b.c"));
    }

    @Test
    void saysWhyARouteCannotBeServed() {
        assertThat(TableMapping.fault(route(rule("email", null, Action.HASH, null)), null))
                .hasValueSatisfying(reason -> assertThat(reason).contains("flywatch.cdc.mask-salt"));
        assertThat(TableMapping.fault(route(rule("id", null, Action.DROP, null)), MASK))
                .hasValueSatisfying(reason -> assertThat(reason).contains("key"));
        assertThat(TableMapping.fault(route(rule("id", null, Action.HASH, null)), MASK))
                .isEmpty();
    }

    @Property(tries = 200)
    void hidesEqualValuesEquallyAndOthersNot(@ForAll String one, @ForAll String other) {
        TableMapping mapping = TableMapping.of(route(rule("email", null, Action.HASH, null)), MASK);

        Object first = mapped(mapping, 7, one, null, null, null).value(1);
        Object second = mapped(mapping, 8, other, null, null, null).value(1);

        assertThat(Objects.equals(first, second)).isEqualTo(one.equals(other));
    }
}
