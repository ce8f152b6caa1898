package io.flywatch.kit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.DocumentKey.Form;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentKeyCheckTest {
    private static TableRoute lines(@Nullable Embedding embedding, @Nullable DocumentKey key) {
        return new TableRoute("public.line", "lines", List.of("order_id", "no"), null, null, embedding, key);
    }

    @Test
    void takesEachFormThatTellsRowsApart() {
        assertThat(DocumentKeyCheck.fault(List.of(
                        lines(null, null),
                        lines(null, new DocumentKey(Form.DOCUMENT, false)),
                        lines(null, new DocumentKey(null, true)),
                        new TableRoute(
                                "public.o", "o", List.of("id"), null, null, null, new DocumentKey(Form.VALUE, false)))))
                .isEmpty();
        assertThat(DocumentKeyCheck.isNeeded(List.of(lines(null, null)))).isFalse();
        assertThat(DocumentKeyCheck.isNeeded(List.of(lines(null, new DocumentKey(null, true)))))
                .isTrue();
    }

    @Test
    void refusesAValueForSeveralColumns() {
        assertThat(DocumentKeyCheck.fault(List.of(lines(null, new DocumentKey(Form.VALUE, true)))))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("public.line has 2 columns", "several rows", "Leave out id.form, or write document"));
    }

    @Test
    void refusesToLeaveOutWhatRowsAreEmbeddedBy() {
        Embedding byKey = new Embedding("public.o", "lines", List.of("order_id"));
        Embedding byOther = new Embedding("public.o", "lines", List.of("parent_id"));

        assertThat(DocumentKeyCheck.fault(List.of(lines(byKey, new DocumentKey(null, false)))))
                .hasValueSatisfying(why -> assertThat(why).contains("leave out id.columns"));
        assertThat(DocumentKeyCheck.fault(List.of(
                        lines(byKey, new DocumentKey(null, true)), lines(byOther, new DocumentKey(null, false)))))
                .isEmpty();
    }
}
