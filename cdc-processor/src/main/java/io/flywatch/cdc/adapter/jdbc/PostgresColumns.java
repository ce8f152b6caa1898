package io.flywatch.cdc.adapter.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flywatch.cdc.change.Catalogue;
import io.flywatch.cdc.change.ColumnType.Vendor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL table's columns, described as Debezium 3.6 describes them with the runner's settings (strings for decimals, bytes,
 * adaptive times). A type that is not surely known is left out.
 */
final class PostgresColumns {
    private static final int HEADER = 4;
    private static final int MICROS = 6;
    private static final int MILLIS = 3;

    private static final String COLUMNS = """
            with recursive base(place, name, type, typmod) as (
                select attnum, attname::text, atttypid, atttypmod from pg_attribute
                 where attrelid = to_regclass(?) and attnum > 0 and not attisdropped
                union all
                select b.place, b.name, t.typbasetype, case when t.typtypmod < 0 then b.typmod else t.typtypmod end
                  from base b join pg_type t on t.oid = b.type and t.typtype = 'd')
            select b.name, t.typname, t.typtype, b.typmod, e.typname as element, e.typtype as kind_of_element
              from base b
              join pg_type t on t.oid = b.type and t.typtype <> 'd'
              left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
             order by b.place
            """;

    /** Those of the table's own columns come first: the log names a domain without its schema. */
    private static final String DOMAINS = """
            with recursive under(name, home, used, oid, type) as (
                select d.typname::text, n.nspname::text, d.oid in (select atttypid from pg_attribute where attrelid = to_regclass(?)),
                       d.oid, d.typbasetype
                  from pg_type d join pg_namespace n on n.oid = d.typnamespace where d.typtype = 'd'
                union all
                select u.name, u.home, u.used, u.oid, t.typbasetype from under u join pg_type t on t.oid = u.type and t.typtype = 'd')
            select upper(u.name), upper(u.home), upper(t.typname)
              from under u join pg_type t on t.oid = u.type and t.typtype <> 'd'
             order by u.used desc, pg_type_is_visible(u.oid) desc, u.home
            """;

    private PostgresColumns() {}

    /** The columns of {@code schema.table}; none if it is gone. */
    static Catalogue.Columns of(Connection connection, String table) throws SQLException {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, quoted(table));
            try (ResultSet columns = query.executeQuery()) {
                while (columns.next()) {
                    ObjectNode field = field(columns);
                    if (field != null) {
                        fields.put(columns.getString("name"), field.put("field", columns.getString("name")));
                    }
                }
            }
        }
        return new Catalogue.Columns(Vendor.POSTGRESQL, fields, domains(connection, table));
    }

    private static Map<String, String> domains(Connection connection, String table) throws SQLException {
        Map<String, String> domains = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(DOMAINS)) {
            query.setString(1, quoted(table));
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    String name = found.getString(1);
                    domains.putIfAbsent(name, found.getString(3));
                    domains.put('"' + found.getString(2) + "\".\"" + name + '"', found.getString(3));
                }
            }
        }
        return domains;
    }

    private static String quoted(String table) {
        int dot = table.indexOf('.');
        return "\"" + table.substring(0, dot).replace("\"", "\"\"") + "\".\""
                + table.substring(dot + 1).replace("\"", "\"\"") + "\"";
    }

    private static @Nullable ObjectNode field(ResultSet column) throws SQLException {
        int typmod = column.getInt("typmod");
        String element = column.getString("element");
        String name = column.getString("typname");
        if (element == null) {
            return described(name, column.getString("typtype").equals("e"), typmod);
        }
        // Whether an array's own precision changes the form of its elements has not been seen.
        ObjectNode items = typmod < 0
                ? described(element, "e".equals(column.getString("kind_of_element")), -1)
                : scalarOfAnyLength(element);
        if (items == null) {
            return null;
        }
        items.remove("parameters");
        ObjectNode array = JsonNodeFactory.instance.objectNode().put("type", "array");
        array.set("items", items);
        return parameters(array, "_" + element, -1, -1);
    }

    private static @Nullable ObjectNode scalarOfAnyLength(String element) {
        return element.startsWith("time") || element.contains("bit") ? null : described(element, false, -1);
    }

    private static @Nullable ObjectNode described(String type, boolean isEnum, int typmod) {
        return switch (type) {
            case "bool" -> scalar(type, "boolean", "");
            case "int2" -> scalar(type, "int16", "");
            case "int4" -> scalar(type, "int32", "");
            case "int8", "oid" -> scalar(type, "int64", "");
            case "float4" -> scalar(type, "float", "");
            case "float8" -> scalar(type, "double", "");
            case "numeric" -> numeric(typmod);
            case "varchar", "bpchar" ->
                parameters(node("string", ""), type, typmod < 0 ? Integer.MAX_VALUE : typmod - HEADER, 0);
            case "bytea" -> scalar(type, "bytes", "");
            case "json", "jsonb", "hstore" -> scalar(type, "string", "io.debezium.data.Json");
            case "xml" -> scalar(type, "string", "io.debezium.data.Xml");
            case "uuid" -> scalar(type, "string", "io.debezium.data.Uuid");
            case "date" -> scalar(type, "int32", "io.debezium.time.Date");
            case "time" ->
                precise(typmod)
                        ? scalar(type, "int64", "io.debezium.time.MicroTime")
                        : scalar(type, "int32", "io.debezium.time.Time");
            case "timestamp" ->
                scalar(type, "int64", "io.debezium.time." + (precise(typmod) ? "MicroTimestamp" : "Timestamp"));
            case "timestamptz" -> scalar(type, "string", "io.debezium.time.ZonedTimestamp");
            case "timetz" -> scalar(type, "string", "io.debezium.time.ZonedTime");
            case "interval" -> scalar(type, "string", "io.debezium.time.Interval");
            case "bit", "varbit" -> bits(type, typmod);
            case "point" -> geometry(type, "Point");
            case "geometry" -> geometry(type, "Geometry");
            case "geography" -> geometry(type, "Geography");
            case "text", "citext", "money", "inet", "cidr", "macaddr", "macaddr8" -> scalar(type, "string", "");
            case "tsvector" -> scalar(type, "string", "io.debezium.data.Tsvector");
            case "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange" ->
                scalar(type, "string", "");
            default -> isEnum ? scalar(type, "string", "io.debezium.data.Enum") : null;
        };
    }

    private static boolean precise(int typmod) {
        return (typmod < 0 ? MICROS : typmod) > MILLIS;
    }

    private static ObjectNode node(String physical, String logical) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", physical);
        return logical.isEmpty() ? node : node.put("name", logical);
    }

    private static ObjectNode scalar(String type, String physical, String logical) {
        return parameters(node(physical, logical), type, -1, -1);
    }

    private static ObjectNode parameters(ObjectNode node, String type, int length, int scale) {
        ObjectNode parameters = node.withObjectProperty("parameters");
        parameters.put("__debezium.source.column.type", type.toUpperCase(Locale.ROOT));
        if (length >= 0) {
            parameters.put("__debezium.source.column.length", Integer.toString(length));
        }
        if (scale >= 0) {
            parameters.put("__debezium.source.column.scale", Integer.toString(scale));
        }
        return node;
    }

    /** The type modifier holds the digits in its upper half and the scale in eleven bits of the lower one. */
    private static ObjectNode numeric(int typmod) {
        if (typmod < 0) {
            return parameters(node("string", ""), "numeric", 0, -1);
        }
        int packed = typmod - HEADER;
        int scale = ((packed & 0x7ff) ^ 0x400) - 0x400;
        return parameters(node("string", ""), "numeric", packed >>> 16, scale);
    }

    private static ObjectNode bits(String type, int typmod) {
        if (type.equals("bit") && typmod == 1) {
            return parameters(node("boolean", ""), type, 1, 0);
        }
        int length = typmod < 0 ? Integer.MAX_VALUE : typmod;
        ObjectNode node = parameters(node("bytes", "io.debezium.data.Bits"), type, length, 0);
        node.withObjectProperty("parameters").put("length", Integer.toString(length));
        return node;
    }

    private static ObjectNode geometry(String type, String name) {
        ObjectNode node = scalar(type, "struct", "io.debezium.data.geometry." + name);
        var fields = node.putArray("fields");
        fields.add(node("double", "").put("field", "x"));
        fields.add(node("double", "").put("field", "y"));
        fields.add(node("bytes", "").put("field", "wkb"));
        fields.add(node("int32", "").put("field", "srid"));
        return node;
    }
}
