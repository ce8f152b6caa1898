package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.adapter.verify.TargetDatabase.Side;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.verify.ImpossibleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds a table of a MySQL or MariaDB target against the source's, column by column. */
final class MySides {

    private MySides() {}

    static Side of(DbSession session, SourceShape shape, Cells cells, String name, List<MyColumn> found) {
        if (found.isEmpty()) {
            throw new ImpossibleException("the target has no table " + name + ": nothing has been applied to it yet");
        }
        Map<String, MyColumn> byName = found.stream().collect(Collectors.toMap(MyColumn::name, Function.identity()));
        List<MyCell> compared = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        List<String> computed = new ArrayList<>();
        Shape mapped = shape.mapped();
        for (int i = 0; i < mapped.size(); i++) {
            MyColumn there = byName.get(mapped.names().get(i));
            if (there == null) {
                lacking.add(mapped.names().get(i));
            } else if (there.isGenerated()) {
                computed.add(there.name());
            } else {
                boolean json = cells.typeOf(mapped.types().get(i)).equals("json");
                compared.add(new MyCell(there, json, shape.key().columns().contains(there.name()), cells));
            }
        }
        List<MyCell> key = key(shape, compared);
        MyKeys keys = new MyKeys(shape, key);
        boolean summable = lacking.isEmpty() && computed.isEmpty() && areSure(shape, compared);
        MyTable table = new MyTable(MyColumn.quoted(name), columns(compared), columns(key), List.of(), summable);
        return new Side(
                new MyTarget(session, table, keys, compared),
                new MyForm(forms(compared, computed)),
                summable,
                notes(keys, lacking, computed));
    }

    private static List<MyColumn> columns(List<MyCell> cells) {
        return cells.stream().map(MyCell::column).toList();
    }

    /** A column that the target computes is none of the source's business. */
    private static Map<String, MyForm.Cell> forms(List<MyCell> compared, List<String> computed) {
        Map<String, MyForm.Cell> forms = new HashMap<>();
        compared.forEach(cell -> forms.put(cell.column().name(), cell::written));
        computed.forEach(name -> forms.put(name, value -> null));
        return forms;
    }

    private static boolean areSure(SourceShape shape, List<MyCell> compared) {
        if (!shape.mapping().isPlain()) {
            return false;
        }
        for (int i = 0; i < compared.size(); i++) {
            MyColumn source = shape.columns().get(i).mysql();
            if (source == null || !MyChecksums.isSure(source, compared.get(i).column())) {
                return false;
            }
        }
        return true;
    }

    private static List<MyCell> key(SourceShape shape, List<MyCell> compared) {
        return shape.key().columns().stream()
                .map(name -> compared.stream()
                        .filter(cell -> cell.column().name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new ImpossibleException("the target's table lacks the key column " + name)))
                .toList();
    }

    private static List<String> notes(MyKeys keys, List<String> lacking, List<String> computed) {
        List<String> notes = new ArrayList<>();
        if (!lacking.isEmpty()) {
            notes.add("the target's table lacks the columns " + String.join(", ", lacking));
        }
        if (!computed.isEmpty()) {
            notes.add("not compared, as the target computes them: the columns " + String.join(", ", computed));
        }
        if (!keys.areReversible()) {
            notes.add(
                    "rows that only the target has are not looked for, as its keys can't be turned back into the source's");
        }
        return notes;
    }
}
