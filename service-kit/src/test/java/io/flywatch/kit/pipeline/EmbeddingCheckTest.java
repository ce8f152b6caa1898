package io.flywatch.kit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingCheckTest {
    private static final TableRoute INVOICE = new TableRoute("public.invoice", "invoice", List.of("id"));

    private static TableRoute line(String into, String array, List<String> by, ColumnRule... rules) {
        return new TableRoute(
                "public.line", "lines", List.of("id"), List.of(rules), null, new Embedding(into, array, by));
    }

    private static String fault(TableRoute... tables) {
        return EmbeddingCheck.fault(List.of(tables)).orElse("none");
    }

    @Test
    void takesWhatCanBeEmbedded() {
        TableRoute hashed = new TableRoute(
                "public.invoice",
                "invoice",
                List.of("id"),
                List.of(new ColumnRule("id", "number", Action.HASH, null)),
                null);

        assertThat(fault(INVOICE, line("public.invoice", "lines", List.of("invoice_id"))))
                .isEqualTo("none");
        assertThat(fault(
                        hashed,
                        line(
                                "public.invoice",
                                "lines",
                                List.of("invoice_id"),
                                new ColumnRule("invoice_id", null, Action.HASH, null))))
                .isEqualTo("none");
    }

    @Test
    void saysWhatCannotBeEmbedded() {
        List<String> by = List.of("invoice_id");
        TableRoute lines = line("public.invoice", "lines", by);
        TableRoute taxes = new TableRoute(
                "public.tax", "taxes", List.of("id"), null, null, new Embedding("public.line", "taxes", List.of("id")));
        TableRoute twice = new TableRoute(
                "public.tax", "taxes", List.of("id"), null, null, new Embedding("public.invoice", "lines", by));

        assertThat(fault(lines)).contains("add it to source.tables");
        assertThat(fault(INVOICE, lines, taxes)).contains("arrays within arrays");
        assertThat(fault(INVOICE, line("public.line", "lines", by))).contains("arrays within arrays");
        assertThat(fault(INVOICE, lines, twice)).contains("two tables become the array lines");
        assertThat(fault(INVOICE, line("public.invoice", "lines", List.of("a", "b"))))
                .contains("has 1 columns");
        assertThat(fault(INVOICE, line("public.invoice", "a.b", by))).contains("without a dot");
        assertThat(fault(INVOICE, line("public.invoice", "_id", by))).contains("name that no column has");
        assertThat(fault(
                        INVOICE,
                        line("public.invoice", "lines", by, new ColumnRule("invoice_id", null, Action.DROP, null))))
                .contains("takes its column invoice_id away");
        assertThat(fault(
                        INVOICE,
                        line("public.invoice", "lines", by, new ColumnRule("invoice_id", null, Action.HASH, null))))
                .contains("hash or cast both alike");
    }
}
