package io.flywatch.cdc.embed;

import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a table has to do with embedded rows. */
public sealed interface Family {

    /** Nothing. */
    record None() implements Family {}

    /**
     * Its rows are elements.
     *
     * @param foreignKey the columns that hold the parent's key, by their names at the target
     * @param parentKey the parent's key by its names at the target, in the same order
     * @param asDocument whether the parent's key stands as a document even if it has one column
     */
    record Child(EmbeddedArray array, List<String> foreignKey, List<String> parentKey, boolean asDocument)
            implements Family {
        public Child {
            foreignKey = List.copyOf(foreignKey);
            parentKey = List.copyOf(parentKey);
        }
    }

    /** Its documents have arrays. */
    record Parent(List<EmbeddedArray> arrays) implements Family {
        public Parent {
            arrays = List.copyOf(arrays);
        }
    }

    /** What a table is among all tables of its pipeline, which {@link io.flywatch.kit.pipeline.EmbeddingCheck} has found right. */
    static Family of(TableRoute table, List<TableRoute> all) {
        Embedding embedding = table.embedding();
        if (embedding != null) {
            return child(table, embedding, all);
        }
        List<EmbeddedArray> arrays = all.stream()
                .filter(child -> isEmbedded(child, table))
                .map(child -> array(child, child.embedding(), table))
                .toList();
        return arrays.isEmpty() ? new None() : new Parent(arrays);
    }

    private static boolean isEmbedded(TableRoute child, TableRoute parent) {
        Embedding embedding = child.embedding();
        return embedding != null && embedding.parent().equals(parent.source());
    }

    private static Family child(TableRoute table, Embedding embedding, List<TableRoute> all) {
        for (TableRoute parent : all) {
            if (parent.source().equals(embedding.parent())) {
                return new Child(
                        array(table, embedding, parent),
                        TableMapping.of(table, null).names(embedding.foreignKey()),
                        TableMapping.of(parent, null).names(parent.keyColumns()),
                        TableMapping.of(parent, null).isKeyAsDocument());
            }
        }
        return new None();
    }

    private static EmbeddedArray array(TableRoute child, @Nullable Embedding embedding, TableRoute parent) {
        if (embedding == null) {
            throw new IllegalArgumentException(child.source() + " is not embedded");
        }
        return new EmbeddedArray(
                parent.target(),
                child.target(),
                embedding.array(),
                TableMapping.of(child, null).names(embedding.foreignKey()));
    }
}
