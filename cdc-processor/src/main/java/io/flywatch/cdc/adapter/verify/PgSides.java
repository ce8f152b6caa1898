package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.adapter.verify.TargetDatabase.Side;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.ImpossibleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Holds a table of a PostgreSQL target against the source's, column by column. */
final class PgSides {

    private PgSides() {}

    static Side of(DbSession session, SourceShape shape, String name, String quoted, List<PgColumn> found) {
        TableMapping mapping = shape.mapping();
        Map<String, PgColumn> byName = found.stream().collect(Collectors.toMap(PgColumn::name, Function.identity()));
        if (byName.isEmpty()) {
            throw new ImpossibleException("the target has no table " + name + ": nothing has been applied to it yet");
        }
        List<PgColumn> columns = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        for (SourceColumn column : shape.columns()) {
            if (mapping.isDropped(column.name())) {
                continue;
            }
            String target = mapping.names(List.of(column.name())).getFirst();
            PgColumn there = byName.get(target);
            if (there == null) {
                lacking.add(target);
            } else {
                columns.add(readable(mapping.isKept(column.name()) ? column.readFrom(there) : there));
            }
        }
        List<PgColumn> key = key(shape, columns);
        boolean summable = lacking.isEmpty()
                && mapping.isPlain()
                && IntStream.range(0, columns.size())
                        .allMatch(i -> isSure(shape.columns().get(i), columns.get(i)));
        boolean ordered = IntStream.range(0, key.size())
                .allMatch(
                        i -> shape.keyColumns().get(i).type().equals(key.get(i).type())
                                && shape.keyColumns().get(i).sortsByBytes()
                                && key.get(i).sortsByBytes());
        PgTable table = new PgTable(quoted, columns, key, List.of(), summable);
        List<String> notes = lacking.isEmpty()
                ? List.of()
                : List.of("the target's table lacks the columns " + String.join(", ", lacking));
        return new Side(new PgTarget(session, table, ordered), new ValueForm(), summable, notes);
    }

    private static boolean isSure(SourceColumn source, PgColumn target) {
        PgColumn postgres = source.postgres();
        return postgres != null && PgChecksums.isSure(postgres, target);
    }

    /** A value that was cast or masked is what the target's column says that it is. */
    private static PgColumn readable(PgColumn there) {
        if (there.reader() == null) {
            throw new ImpossibleException("the target's column " + there.name() + " has a type that can't be compared");
        }
        return there;
    }

    private static List<PgColumn> key(SourceShape shape, List<PgColumn> columns) {
        return shape.keyColumns().stream()
                .map(column -> {
                    if (!shape.mapping().isKept(column.name())) {
                        throw new ImpossibleException("the key column " + column.name()
                                + " is cast or masked on its way: rows of this target can't be found by it");
                    }
                    String target =
                            shape.mapping().names(List.of(column.name())).getFirst();
                    return columns.stream()
                            .filter(there -> there.name().equals(target))
                            .findFirst()
                            .orElseThrow(
                                    () -> new ImpossibleException("the target's table lacks the key column " + target));
                })
                .toList();
    }
}
