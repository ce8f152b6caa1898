package io.flywatch.cdc.adapter.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A table's columns, from PostgreSQL's catalogue; a column of a domain has the type that is under it. */
final class PgCatalog {

    private static final String COLUMNS = """
            with recursive base(place, type, modifier) as (
                select attnum, atttypid, atttypmod from pg_attribute
                 where attrelid = to_regclass(?) and attnum > 0 and not attisdropped
                union all
                select b.place, t.typbasetype, case when t.typtypmod < 0 then b.modifier else t.typtypmod end
                  from base b join pg_type t on t.oid = b.type and t.typtype = 'd')
            select a.attname, t.typname as type, quote_ident(n.nspname) || '.' || quote_ident(t.typname) as sql_type, b.modifier,
                   t.typtype = 'e' or coalesce(e.typtype = 'e', false) as is_enum,
                   a.attgenerated <> '' as is_generated,
                   a.attcollation = 0 or co.collname in ('C', 'POSIX', 'ucs_basic')
                     or co.collname = 'default' and db.datlocprovider <> 'i' and db.datcollate in ('C', 'POSIX') as by_bytes
            from base b
            join pg_type t on t.oid = b.type and t.typtype <> 'd'
            join pg_namespace n on n.oid = t.typnamespace
            join pg_attribute a on a.attrelid = to_regclass(?) and a.attnum = b.place
            left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
            left join pg_collation co on co.oid = a.attcollation
            join pg_database db on db.datname = current_database()
            order by a.attnum""";

    private PgCatalog() {}

    /** The columns in the table's order; none if there is no such table. */
    static List<PgColumn> columns(Connection connection, String quotedTable) throws SQLException {
        List<PgColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, quotedTable);
            statement.setString(2, quotedTable);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(column(row));
                }
            }
        }
        return columns;
    }

    private static PgColumn column(ResultSet row) throws SQLException {
        String type = row.getString("type");
        int modifier = row.getInt("modifier");
        boolean isEnum = row.getBoolean("is_enum");
        return new PgColumn(
                row.getString("attname"),
                type,
                row.getString("sql_type"),
                modifier,
                isEnum,
                row.getBoolean("is_generated"),
                row.getBoolean("by_bytes"),
                PgReaders.of(type, modifier, isEnum));
    }
}
