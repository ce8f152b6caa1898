package io.flywatch.cdc.verify;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedColumnsTest {
    @Test
    void letsTablesPassThatStayAsTheyAre() {
        assertThatCode(() -> ChangedColumns.refuse(new TableRoute("public.orders", "orders", List.of("id"))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesATableWithAMaskedColumnInsteadOfCallingItsRowsDifferent() {
        ColumnRule masked = new ColumnRule("card", null, ColumnRule.Action.HASH, null);
        TableRoute route = new TableRoute("public.orders", "orders", List.of("id"), List.of(masked), null);

        assertThatExceptionOfType(ImpossibleException.class)
                .isThrownBy(() -> ChangedColumns.refuse(route))
                .withMessageContaining("public.orders")
                .withMessageContaining("masked");
    }
}
