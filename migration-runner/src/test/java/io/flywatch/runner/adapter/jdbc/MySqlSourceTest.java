package io.flywatch.runner.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MySqlSourceTest {
    private static final Map<String, String> FIT =
            Map.of("log_bin", "ON", "binlog_format", "ROW", "binlog_row_image", "FULL");

    private static Map<String, String> with(String setting, String value) {
        Map<String, String> settings = new HashMap<>(FIT);
        settings.put(setting, value);
        return settings;
    }

    @Test
    void takesALogOfWholeRows() {
        assertThat(MySqlSource.fault(FIT)).isEmpty();
        assertThat(MySqlSource.fault(with("binlog_transaction_compression", "OFF")))
                .isEmpty();
    }

    @Test
    void refusesALogThatTellsTooLittle() {
        assertThat(MySqlSource.fault(with("binlog_format", "MIXED")))
                .hasValueSatisfying(
                        fault -> assertThat(fault).contains("binlog_format=MIXED", "Set binlog-format=ROW"));
        assertThat(MySqlSource.fault(Map.of())).isPresent();
    }

    @Test
    void refusesCompressedTransactions() {
        assertThat(MySqlSource.fault(with("binlog_transaction_compression", "ON")))
                .hasValueSatisfying(
                        fault -> assertThat(fault).contains("binlog_transaction_compression=ON", "SET PERSIST"));
    }
}
