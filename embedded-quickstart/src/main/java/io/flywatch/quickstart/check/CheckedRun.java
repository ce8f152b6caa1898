package io.flywatch.quickstart.check;

import com.mongodb.client.MongoDatabase;
import io.flywatch.quickstart.inbox.Letters;
import io.flywatch.quickstart.source.Database;
import io.flywatch.quickstart.source.Table;
import java.util.List;

/**
 * What is to be judged.
 *
 * @param migration the replication's id
 * @param source where the rows were
 * @param tables those that were moved
 * @param target where they are to be now
 * @param letters what arrived in the inboxes
 * @param processor the address of the cdc-processor
 * @param bootstrapServers of Kafka
 */
public record CheckedRun(
        String migration,
        Database source,
        List<Table> tables,
        MongoDatabase target,
        Letters letters,
        String processor,
        String bootstrapServers) {

    public CheckedRun {
        tables = List.copyOf(tables);
    }
}
