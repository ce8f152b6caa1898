package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.verify.Digest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a row of the source has to look like in a table of MySQL or MariaDB. Not for several threads. */
final class MyForm implements Form {
    private final Map<String, Cell> cells;
    private final TextDigest digests = new TextDigest();

    /** A column of the target. */
    interface Cell {
        /** What it should hold for a value, in one text; null if that is none of the source's business. */
        @Nullable
        String written(Object value);
    }

    /**
     * A form.
     *
     * @param cells the target's columns by their names; those of a row that are not among them are lacking there
     */
    MyForm(Map<String, Cell> cells) {
        this.cells = Map.copyOf(cells);
    }

    @Override
    public Digest digest(Key key, Row row) {
        for (int i = 0; i < row.size(); i++) {
            String text = text(row, i);
            if (text != null) {
                digests.add(row.name(i), text);
            }
        }
        return digests.take();
    }

    @Override
    public Map<String, @Nullable String> image(Key key, Row row) {
        Map<String, @Nullable String> image = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            image.put(row.name(i), text(row, i));
        }
        return image;
    }

    private @Nullable String text(Row row, int place) {
        Object value = row.value(place);
        if (value == null) {
            return null;
        }
        Cell cell = cells.get(row.name(place));
        return cell == null ? value.toString() : cell.written(value);
    }
}
