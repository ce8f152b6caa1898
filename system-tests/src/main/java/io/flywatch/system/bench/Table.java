package io.flywatch.system.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a benchmark found.
 *
 * @param title what was measured, as a heading
 * @param columns the columns' names; the first names the row
 * @param rows the cells, as many in each row as there are columns
 * @param notes what a reader has to know: sizes, settings of the peer, what is not comparable
 */
public record Table(String title, List<String> columns, List<List<String>> rows, List<String> notes) {
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
    }

    /** As a section of a Markdown page, with the command that made it. */
    String markdown(String command, String machine) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + title);
        lines.add("");
        lines.add(line(columns));
        lines.add(line(columns.stream().map(column -> "---").toList()));
        rows.forEach(row -> lines.add(line(row)));
        lines.add("");
        notes.forEach(note -> lines.add("- " + note));
        lines.add("- `" + command + "` on " + machine + ".");
        return String.join("\n", lines);
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
