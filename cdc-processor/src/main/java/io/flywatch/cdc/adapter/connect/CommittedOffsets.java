package io.flywatch.cdc.adapter.connect;

import io.flywatch.cdc.SentChanges;
import io.flywatch.cdc.verify.LogPlace;
import io.flywatch.events.Topics;
import io.flywatch.kit.connect.ConnectClient;
import io.flywatch.kit.connect.ConnectRefusedException;
import io.flywatch.kit.connect.ConnectUnreachableException;
import io.flywatch.kit.connect.SourceOffset;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The offsets that Kafka Connect has committed for a connector. It commits the offset of a record only once Kafka has acknowledged that
 * record and every record before it, of whatever topic and partition: nothing else that Debezium, Kafka or the source can be asked says
 * as much.
 */
@Singleton
final class CommittedOffsets implements SentChanges {
    private final ConnectClient connect;

    CommittedOffsets(ConnectClient connect) {
        this.connect = connect;
    }

    @Override
    public Optional<String> missing(String pipeline, LogPlace place) {
        String connector = "flywatch-" + pipeline;
        try {
            List<SourceOffset> committed = connect.offsets(connector).stream()
                    .filter(offset -> isOf(pipeline, offset.partition()))
                    .toList();
            return !committed.isEmpty() && committed.stream().allMatch(offset -> place.isPassedBy(offset.offset()))
                    ? Optional.empty()
                    : Optional.of("Kafka Connect has not committed yet that everything before " + place
                            + " of the source's log is in Kafka");
        } catch (ConnectUnreachableException e) {
            return Optional.of("Kafka Connect does not answer at " + connect.url());
        } catch (ConnectRefusedException e) {
            return Optional.of("Kafka Connect at " + connect.url() + " does not tell the offsets of the connector "
                    + connector + " (" + e.status() + ")");
        }
    }

    /** MongoDB's connector calls its server by another name than all the others. */
    private static boolean isOf(String pipeline, Map<String, ?> partition) {
        String server = Topics.changesPrefix(pipeline);
        return server.equals(partition.get("server")) || server.equals(partition.get("server_id"));
    }
}
