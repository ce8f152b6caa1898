package io.flywatch.system.stand;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** The rows of a table in a form that is the same for every database, sorted. */
public final class Contents {
    private Contents() {}

    /** How a database quotes a name. */
    public static UnaryOperator<String> quoting(Connection connection) throws SQLException {
        String mark = connection.getMetaData().getIdentifierQuoteString();
        return name -> mark + name + mark;
    }

    /** All rows of a table of a SQL database. */
    public static List<String> of(Connection connection, String table, List<String> columns) throws SQLException {
        UnaryOperator<String> quoted = quoting(connection);
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("select "
                        + String.join(", ", columns.stream().map(quoted).toList()) + " from " + quoted.apply(table))) {
            while (all.next()) {
                StringJoiner row = new StringJoiner("|");
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(text(all.getObject(i)));
                }
                rows.add(row.toString());
            }
        }
        Collections.sort(rows);
        return rows;
    }

    /** A value: numbers without zeros that do not count, times without a zone, which are taken for UTC. */
    public static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Decimal128 number -> text(number.bigDecimalValue());
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case Number number -> text(new BigDecimal(number.toString()));
            case Timestamp time -> time.toLocalDateTime().toString();
            case Date time ->
                LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC).toString();
            default -> value.toString();
        };
    }
}
