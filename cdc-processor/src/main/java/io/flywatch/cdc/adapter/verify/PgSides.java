package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.adapter.verify.TargetDatabase.Side;
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

    static Side of(PgSession session, PgTable source, String name, String quoted, List<PgColumn> found) {
        Map<String, PgColumn> byName = found.stream().collect(Collectors.toMap(PgColumn::name, Function.identity()));
        if (byName.isEmpty()) {
            throw new ImpossibleException("the target has no table " + name + ": nothing has been applied to it yet");
        }
        List<PgColumn> columns = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        for (PgColumn column : source.columns()) {
            PgColumn there = byName.get(column.name());
            if (there == null) {
                lacking.add(column.name());
            } else {
                // The value means what the source's type means, whatever the target's column is.
                columns.add(there.readAs(column));
            }
        }
        List<PgColumn> key = key(source, columns);
        boolean summable = lacking.isEmpty()
                && IntStream.range(0, columns.size())
                        .allMatch(i -> PgChecksums.isSure(source.columns().get(i), columns.get(i)));
        boolean ordered = IntStream.range(0, key.size())
                .allMatch(i -> source.key().get(i).type().equals(key.get(i).type())
                        && source.key().get(i).sortsByBytes()
                        && key.get(i).sortsByBytes());
        PgTable table = new PgTable(quoted, columns, key, List.of(), summable);
        List<String> notes = lacking.isEmpty()
                ? List.of()
                : List.of("the target's table lacks the columns " + String.join(", ", lacking));
        return new Side(new PgTarget(session, table, ordered), new ValueForm(), summable, notes);
    }

    private static List<PgColumn> key(PgTable source, List<PgColumn> columns) {
        return source.key().stream()
                .map(column -> columns.stream()
                        .filter(there -> there.name().equals(column.name()))
                        .findFirst()
                        .orElseThrow(() ->
                                new ImpossibleException("the target's table lacks the key column " + column.name())))
                .toList();
    }
}
