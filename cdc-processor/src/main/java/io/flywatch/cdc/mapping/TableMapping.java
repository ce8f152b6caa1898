package io.flywatch.cdc.mapping;

import io.flywatch.cdc.change.Bson;
import io.flywatch.cdc.change.Captured;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.ColumnType;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table's columns as the target has them. From here on nobody sees the source's names, or a value that is to be hidden. Not for several
 * threads at once.
 */
public final class TableMapping {
    private static final int KEPT = 16;

    private final Map<String, ColumnMap> rules;
    private final @Nullable Mask mask;
    private final IdentityHashMap<Shape, Mapped> shapes = new IdentityHashMap<>();

    private final DocumentMapping documents;
    private final boolean keyAsDocument;
    /** Columns of the key, by their names at the source, that are no fields of their own. */
    private final Set<String> onlyInKey;

    private TableMapping(
            Map<String, ColumnMap> rules, @Nullable Mask mask, boolean keyAsDocument, Set<String> onlyInKey) {
        this.keyAsDocument = keyAsDocument;
        this.onlyInKey = Set.copyOf(onlyInKey);
        this.rules = rules;
        this.mask = mask;
        this.documents = new DocumentMapping(rules, mask);
    }

    /** How rows of a shape are read: the place of each of the target's columns in them. */
    @SuppressWarnings("ArrayRecordComponent") // read for every row, never compared
    private record Mapped(Shape shape, ColumnMap[] columns, int[] places) {}

    /** Columns that stay as they are. */
    public static TableMapping none() {
        return new TableMapping(Map.of(), null, false, Set.of());
    }

    /**
     * The mapping that a route declares.
     *
     * @param mask hides values; null if there is no salt
     */
    public static TableMapping of(TableRoute route, @Nullable Mask mask) {
        Map<String, ColumnMap> rules = new LinkedHashMap<>();
        rules(route).forEach(rule -> rules.put(rule.column(), ColumnMap.of(rule)));
        DocumentKey key = route.documentKey();
        return new TableMapping(
                rules,
                mask,
                key != null && key.form() == DocumentKey.Form.DOCUMENT,
                key == null || key.asFields() ? Set.of() : Set.copyOf(route.keyColumns()));
    }

    private static List<ColumnRule> rules(TableRoute route) {
        List<ColumnRule> rules = route.columns();
        return rules == null ? List.of() : rules;
    }

    /** Why a route can't be served; empty if it can. */
    public static Optional<String> fault(TableRoute route, @Nullable Mask mask) {
        for (ColumnRule rule : rules(route)) {
            boolean lost = rule.action() == ColumnRule.Action.DROP
                    || rule.action() == ColumnRule.Action.NULL
                    || rule.action() == ColumnRule.Action.FIXED;
            if (lost && route.keyColumns().contains(rule.column())) {
                return Optional.of("the mapping takes the column " + rule.column() + " of the key away from "
                        + route.source() + ": rows could not be told apart");
            }
            if (rule.action() == ColumnRule.Action.HASH && mask == null) {
                return Optional.of("the mapping hides columns of " + route.source()
                        + " behind a hash, and there is no salt: set flywatch.cdc.mask-salt to 16 bytes or more");
            }
        }
        return Optional.empty();
    }

    /** The columns whose values nobody looks at. */
    public Set<String> unread() {
        return rules.values().stream()
                .filter(rule -> rule.isDropped() || (rule.hides() && rule.action() != ColumnRule.Action.HASH))
                .map(ColumnMap::source)
                .collect(Collectors.toSet());
    }

    /** The key's columns by their names at the target. */
    public List<String> names(List<String> columns) {
        return columns.stream().map(column -> rule(column).target()).toList();
    }

    /** What becomes of a document's columns: of its key, and of those that fields of it are cast to. */
    public TableMapping ofDocuments() {
        Map<String, ColumnMap> columns = new LinkedHashMap<>();
        rules.forEach((field, rule) -> {
            boolean key = field.equals(DocumentDecoder.ID);
            if (key || rule.cast() != null && !field.equals(DocumentDecoder.DOCUMENT)) {
                columns.put(field, rule);
            }
        });
        return new TableMapping(columns, mask, keyAsDocument, onlyInKey);
    }

    /** The fields of documents that become columns of their own. */
    public List<String> castFields() {
        return rules.values().stream()
                .filter(rule -> rule.cast() != null && !rule.source().equals(DocumentDecoder.ID))
                .map(ColumnMap::source)
                .toList();
    }

    /** Whether every column stays as it is. */
    public boolean isPlain() {
        return rules.isEmpty() && !keyAsDocument && onlyInKey.isEmpty();
    }

    /** Whether a key of one column is to stand as a document. */
    public boolean isKeyAsDocument() {
        return keyAsDocument;
    }

    /** Whether the column's values stay as they are, under whatever name. */
    public boolean isKept(String column) {
        return rule(column).action() == ColumnRule.Action.KEEP;
    }

    /** Whether the target does not have the column. */
    public boolean isDropped(String column) {
        return rule(column).isDropped();
    }

    private ColumnMap rule(String column) {
        ColumnMap rule = rules.get(column);
        return rule == null ? ColumnMap.unchanged(column) : rule;
    }

    /** A record's meaning for the target. What can't be mapped becomes unreadable, so that nothing hidden ever passes. */
    public Decoded apply(Decoded decoded) {
        if (isPlain() || !(decoded instanceof Decoded.Of of)) {
            return decoded;
        }
        Captured captured = of.captured();
        try {
            return new Decoded.Of(new Captured(
                    change(captured.change()),
                    captured.operation(),
                    captured.position(),
                    captured.lastOfSnapshot(),
                    captured.stamps(),
                    captured.bytes()));
        } catch (IllegalArgumentException e) {
            return new Decoded.Unreadable(keyText(captured.change()), String.valueOf(e.getMessage()));
        }
    }

    private String keyText(Change change) {
        try {
            return switch (change) {
                case Change.Put put -> key(put.key()).text();
                case Change.Delete delete -> key(delete.key()).text();
                case Change.Truncate truncate -> "";
            };
        } catch (IllegalArgumentException unmapped) {
            return "unmapped";
        }
    }

    private Change change(Change change) {
        return switch (change) {
            case Change.Put put -> new Change.Put(key(put.key()), row(put.row()), optional(put.movedFrom()));
            case Change.Delete delete -> new Change.Delete(key(delete.key()), optional(delete.movedTo()));
            case Change.Truncate truncate -> truncate;
        };
    }

    private @Nullable Key optional(@Nullable Key key) {
        return key == null ? null : key(key);
    }

    /** A key as the target has it. */
    public Key key(Key key) {
        if (isPlain()) {
            return key;
        }
        if (keyAsDocument && key.values().getFirst() instanceof Bson) {
            throw new IllegalArgumentException("the _id of a document stays as it is: leave out id in the mapping");
        }
        List<Object> values = new ArrayList<>(key.values().size());
        for (int i = 0; i < key.columns().size(); i++) {
            Object value = rule(key.columns().get(i)).value(key.values().get(i), mask);
            if (value == null) {
                throw new IllegalArgumentException("the mapping makes a column of the key null");
            }
            values.add(value);
        }
        return new Key(names(key.columns()), values, keyAsDocument);
    }

    /**
     * A row as the target has it.
     *
     * @throws IllegalArgumentException if a value of it can't be mapped
     */
    public Row row(Row row) {
        if (isPlain()) {
            return row;
        }
        if (DocumentDecoder.areDocuments(row.shape())) {
            return documents.row(row);
        }
        Mapped mapped = shapes.get(row.shape());
        if (mapped == null) {
            if (shapes.size() == KEPT) {
                shapes.clear();
            }
            mapped = mapped(row.shape());
            shapes.put(row.shape(), mapped);
        }
        @Nullable Object[] values = new @Nullable Object[mapped.places().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = mapped.columns()[i].value(row.value(mapped.places()[i]), mask);
        }
        return new Row(mapped.shape(), values);
    }

    private Mapped mapped(Shape shape) {
        for (String column : rules.keySet()) {
            if (!shape.names().contains(column)) {
                throw new IllegalArgumentException("the mapping has a rule for the column " + column
                        + ", which the source's table does not have: was it renamed?");
            }
        }
        List<String> names = new ArrayList<>();
        List<ColumnType> types = new ArrayList<>();
        List<@Nullable Object> defaults = new ArrayList<>();
        List<ColumnMap> columns = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            ColumnMap rule = rule(shape.names().get(i));
            if (!rule.isDropped() && !onlyInKey.contains(rule.source())) {
                names.stream()
                        .filter(name -> FieldPath.collide(name, rule.target()))
                        .findFirst()
                        .ifPresent(name -> {
                            throw new IllegalArgumentException("the mapping makes " + FieldPath.shown(rule.target())
                                    + " of the column " + rule.source() + ", and there is " + FieldPath.shown(name)
                                    + " beside it: rename one of the two");
                        });
                names.add(rule.target());
                types.add(rule.type(shape.types().get(i)));
                defaults.add(rule.value(shape.defaults().get(i), mask));
                columns.add(rule);
                places.add(i);
            }
        }
        return new Mapped(
                new Shape(names, types, defaults),
                columns.toArray(ColumnMap[]::new),
                places.stream().mapToInt(Integer::intValue).toArray());
    }
}
