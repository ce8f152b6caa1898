package io.flywatch.runner.adapter.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a PostgreSQL source says of itself. */
final class SourceCatalogue {
    private static final String TABLES = """
            select n.nspname || '.' || c.relname as name,
                   c.relkind = 'p' as partitioned,
                   (select array_agg(a.attname::text order by k.place)
                      from unnest(i.indkey) with ordinality k(number, place)
                      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number) as key_columns,
                   has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT') as readable,
                   pg_has_role(current_user, c.relowner, 'USAGE') as owned,
                   (select array_agg(a.attname::text order by a.attnum)
                      from pg_attribute a
                     where a.attrelid = c.oid and a.attgenerated <> '' and not a.attisdropped) as generated_columns,
                   case when c.reltuples >= 0 then c.reltuples::bigint else pg_relation_size(c.oid) / 80 end as estimate
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_index i on i.indrelid = c.oid and i.indisprimary
             where c.relkind in ('r', 'p') and c.relpersistence = 'p'
               and n.nspname not in ('pg_catalog', 'information_schema', 'flywatch') and n.nspname !~ '^pg_'
             order by 1
            """;
    private static final String MAY_REPLICATE = """
            select r.rolreplication or r.rolsuper or exists (
                     select 1 from pg_roles g where g.rolname in ('rds_replication', 'cloudsqlsuperuser', 'azure_pg_admin')
                        and pg_has_role(current_user, g.oid, 'MEMBER'))
              from pg_roles r where r.rolname = current_user
            """;

    /** Tables with a column that may be stored apart, of a type that Debezium writes null for when an update leaves it. */
    private static final String LOSING = """
            select distinct n.nspname || '.' || c.relname
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relreplident <> 'f'
              join pg_namespace n on n.oid = c.relnamespace
              join pg_type t on t.oid = a.atttypid
              left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
             where a.attnum > 0 and not a.attisdropped and a.attstorage <> 'p'
               and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
               and (t.typname = 'varbit' or e.typtype = 'e'
                    or e.typname in ('numeric', 'float4', 'float8', 'bool', 'int2', 'timestamp', 'timestamptz', 'time', 'inet',
                                     'hstore'))
            """;

    private final Connection connection;

    SourceCatalogue(Connection connection) {
        this.connection = connection;
    }

    List<SourceTable> tables() throws SQLException {
        List<SourceTable> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new SourceTable(
                        rows.getString("name"),
                        rows.getBoolean("partitioned"),
                        texts(rows.getArray("key_columns")),
                        rows.getBoolean("readable"),
                        rows.getBoolean("owned"),
                        rows.getLong("estimate"),
                        texts(rows.getArray("generated_columns"))));
            }
        }
        return tables;
    }

    /** Names of tables, see {@link SourceCheck#largeValues}. */
    List<String> losingLargeValues() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LOSING)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    boolean mayReplicate() throws SQLException {
        return "t".equals(one(MAY_REPLICATE));
    }

    String user() throws SQLException {
        return one("select current_user");
    }

    String walLevel() throws SQLException {
        return one("show wal_level");
    }

    long freeSlots() throws SQLException {
        return Long.parseLong(
                one("select current_setting('max_replication_slots')::bigint - count(*) from pg_replication_slots"));
    }

    /** The state of a slot: {@code active}, {@code inactive}, or empty if there is none. */
    String slot(String name) throws SQLException {
        return one(
                "select case when active then 'active' else 'inactive' end from pg_replication_slots where slot_name = ?",
                name);
    }

    boolean hasPublication(String name) throws SQLException {
        return !one("select pubname from pg_publication where pubname = ?", name)
                .isEmpty();
    }

    /** Counts a table; empty if that takes too long. */
    OptionalLong count(String table, int seconds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            try (ResultSet rows = statement.executeQuery("select count(*) from " + quoted(table))) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        } catch (SQLException e) {
            if ("57014".equals(e.getSQLState())) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    static String quoted(String table) {
        int dot = table.indexOf('.');
        return quote(table.substring(0, dot)) + "." + quote(table.substring(dot + 1));
    }

    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private String one(String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                String value = rows.next() ? rows.getString(1) : null;
                return value == null ? "" : value;
            }
        }
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
