package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.KeyRange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checksums that a database computes. */
final class Checksums {

    private Checksums() {}

    /** The checksum of a range; empty if the database can't have the same one as the other side. */
    static Optional<Checksum> of(DbSession session, SqlTable table, KeyRange range) {
        return table.checksum(range).map(sql -> of(session, sql, table.parameters(range)));
    }

    static Checksum of(DbSession session, String sql, List<Object> parameters) {
        return session.run(connection -> {
            List<Checksum> sums = new ArrayList<>(1);
            SqlRows.query(connection, sql, parameters, found -> {
                BigDecimal high = found.getBigDecimal(2);
                BigDecimal low = found.getBigDecimal(3);
                sums.add(new Checksum(found.getLong(1), high.toBigInteger(), low.toBigInteger()));
            });
            return sums.getFirst();
        });
    }
}
