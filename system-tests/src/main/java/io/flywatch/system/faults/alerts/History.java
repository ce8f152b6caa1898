package io.flywatch.system.faults.alerts;

import io.flywatch.stack.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the history says after a run.
 *
 * @param unexplained alerts without a decision that says why
 * @param undelivered notices that are not shown as delivered
 * @param unwritten notices that needed several attempts, of which none is written down
 * @param attempts earlier attempts that are written down, with what they came to
 * @param slow those of them that got no answer in time: the receiver may have taken the notice
 */
record History(int unexplained, int undelivered, int unwritten, int attempts, int slow) {

    static History of(EmbeddedPostgres postgres, String database) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("""
                        select
                          (select count(*) from dispatcher.alert a where not exists (
                            select 1 from dispatcher.decision d where d.fingerprint = a.fingerprint)),
                          (select count(*) from dispatcher.notice where state <> 'DELIVERED'),
                          (select count(*) from dispatcher.notice where attempts > 1 and trail is null),
                          (select coalesce(sum(array_length(string_to_array(trail, E'\\n'), 1)), 0) from dispatcher.notice),
                          (select count(*) from dispatcher.notice, regexp_split_to_table(trail, E'\\n') as line
                            where line like '%no answer in time%')
                        """)) {
            found.next();
            return new History(found.getInt(1), found.getInt(2), found.getInt(3), found.getInt(4), found.getInt(5));
        }
    }

    History plus(History other) {
        return new History(
                unexplained + other.unexplained,
                undelivered + other.undelivered,
                unwritten + other.unwritten,
                attempts + other.attempts,
                slow + other.slow);
    }
}
