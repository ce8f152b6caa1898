package io.flywatch.cdc.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.ColumnType;
import io.flywatch.cdc.change.ColumnType.Vendor;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns that MySQL's and MariaDB's types become: the rows of docs/types.md. */
class ColumnTypesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TINYINT            | 1   | -1 | int16  |                              | smallint                    | tinyint
            SMALLINT           | 6   | -1 | int16  |                              | smallint                    | smallint
            SMALLINT UNSIGNED  | 5   | -1 | int32  |                              | integer                     | smallint unsigned
            MEDIUMINT          | 9   | -1 | int32  |                              | integer                     | mediumint
            INT                | 11  | -1 | int32  |                              | integer                     | int
            INT UNSIGNED       | 10  | -1 | int64  |                              | bigint                      | int unsigned
            INT UNSIGNED ZEROFILL | 10 | -1 | int64 |                             | bigint                      | int unsigned
            BIGINT             | 20  | -1 | int64  |                              | bigint                      | bigint
            BIGINT UNSIGNED    | 20  | -1 | bytes  | org.apache.kafka.connect.data.Decimal | numeric(20,0)      | bigint unsigned
            DECIMAL            | 30  | 10 | string |                              | numeric(30,10)              | decimal(30,10)
            FLOAT              | -1  | -1 | float  |                              | double precision            | float
            DOUBLE             | -1  | -1 | double |                              | double precision            | double
            BIT                | 1   | -1 | boolean |                             | boolean                     | boolean
            BIT                | 12  | -1 | bytes  | io.debezium.data.Bits        | bit(12)                     | bit(12)
            VARCHAR            | 40  | -1 | string |                              | varchar(40)                 | varchar(40)
            MEDIUMTEXT         | -1  | -1 | string |                              | text                        | mediumtext
            ENUM               | 1   | -1 | string | io.debezium.data.Enum        | text                        | varchar(255)
            SET                | 1   | -1 | string | io.debezium.data.EnumSet     | text                        | varchar(255)
            VARBINARY          | 16  | -1 | bytes  |                              | bytea                       | varbinary(16)
            LONGBLOB           | -1  | -1 | bytes  |                              | bytea                       | longblob
            JSON               | -1  | -1 | string | io.debezium.data.Json        | jsonb                       | json
            DATE               | -1  | -1 | int32  | io.debezium.time.Date        | date                        | date
            DATETIME           | 6   | -1 | int64  | io.debezium.time.MicroTimestamp | timestamp without time zone | datetime(6)
            TIMESTAMP          | 6   | -1 | string | io.debezium.time.ZonedTimestamp | timestamp with time zone | datetime(6)
            TIME               | 6   | -1 | int64  | io.debezium.time.MicroTime   | interval                    | time(6)
            YEAR               | 4   | -1 | int32  | io.debezium.time.Year        | smallint                    | year
            GEOMETRY           | -1  | -1 | struct | io.debezium.data.geometry.Geometry | bytea                 | longblob
            """)
    void holdsTheTypesOfMySql(
            String name, int length, int scale, String physical, String logical, String postgres, String mySql) {
        ColumnType type = new ColumnType(
                Vendor.MYSQL, name, length, scale, Optional.ofNullable(logical).orElse(""), physical);

        assertThat(PostgresTypes.of(type)).isEqualTo(postgres);
        assertThat(MySqlTypes.of(type, false)).isEqualTo(mySql);
    }

    @Test
    void widensAndNeverNarrows() {
        assertThat(PostgresTypes.isNarrower(new TargetColumn("a", "integer", 32, 0, false), "bigint"))
                .isTrue();
        assertThat(PostgresTypes.isNarrower(new TargetColumn("a", "bigint", 64, 0, false), "integer"))
                .isFalse();
        assertThat(PostgresTypes.isNarrower(new TargetColumn("a", "numeric", 12, 2, false), "numeric(12,4)"))
                .isTrue();
        assertThat(PostgresTypes.isNarrower(new TargetColumn("a", "numeric", -1, -1, false), "numeric(12,4)"))
                .isFalse();
        assertThat(PostgresTypes.isNarrower(new TargetColumn("a", "character varying", 20, -1, false), "text"))
                .isTrue();
        assertThat(PostgresTypes.isNarrower(new TargetColumn("a", "text", -1, -1, false), "varchar(20)"))
                .isFalse();
        assertThat(MySqlTypes.isNarrower(new TargetColumn("a", "decimal", 12, 2, false), "decimal(12,4)"))
                .isTrue();
        assertThat(MySqlTypes.isNarrower(new TargetColumn("a", "varchar", 20, -1, false), "longtext"))
                .isTrue();
        assertThat(MySqlTypes.isNarrower(new TargetColumn("a", "longtext", -1, -1, false), "varchar(20)"))
                .isFalse();
    }
}
