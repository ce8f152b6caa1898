package io.flywatch.cdc.adapter.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A table's columns, from PostgreSQL's catalogue. */
final class PgCatalog {

    private static final String COLUMNS = """
            select a.attname, coalesce(b.typname, t.typname) as type, (select quote_ident(n.nspname) || '.' || quote_ident(coalesce(b.typname, t.typname))
                     from pg_namespace n where n.oid = coalesce(b.typnamespace, t.typnamespace)) as sql_type,
                   case when b.oid is null then a.atttypmod else t.typtypmod end as modifier,
                   coalesce(b.typtype, t.typtype) = 'e' or coalesce(e.typtype = 'e', false) as is_enum,
                   a.attgenerated <> '' as is_generated,
                   a.attcollation = 0 or co.collname in ('C', 'POSIX', 'ucs_basic')
                     or co.collname = 'default' and db.datlocprovider <> 'i' and db.datcollate in ('C', 'POSIX') as by_bytes
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
            left join pg_type b on t.typtype = 'd' and b.oid = t.typbasetype
            left join pg_type e on e.oid = coalesce(b.typelem, t.typelem) and coalesce(b.typcategory, t.typcategory) = 'A'
            left join pg_collation co on co.oid = a.attcollation
            join pg_database db on db.datname = current_database()
            where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
            order by a.attnum""";

    private PgCatalog() {}

    /** The columns in the table's order; none if there is no such table. */
    static List<PgColumn> columns(Connection connection, String quotedTable) throws SQLException {
        List<PgColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, quotedTable);
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
