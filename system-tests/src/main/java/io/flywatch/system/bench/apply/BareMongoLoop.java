package io.flywatch.system.bench.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.bson.Document;

/**
 * What the driver can do at most: the same documents, each batch folded to the last state of a key, held in memory beforehand, in
 * unordered bulk writes. Reading from Kafka and parsing are not in its time.
 */
final class BareMongoLoop implements Contestant {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 5_000;

    private final MongoCollection<Document> target;
    private final String bootstrapServers;
    private long rate;

    BareMongoLoop(MongoClient client, String bootstrapServers) {
        this.target = client.getDatabase("bare_loop").getCollection("items");
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public String name() {
        return "bare bulk writes, already parsed";
    }

    @Override
    public void start() throws Exception {
        long records = 0;
        long nanos = 0;
        boolean measured = false;
        try (KafkaConsumer<byte[], byte[]> consumer = ChangeStream.consumer(bootstrapServers, BATCH)) {
            while (!hasRow(ChangeStream.LAST_MARK)) {
                Map<Long, WriteModel<Document>> batch = new LinkedHashMap<>();
                int read = 0;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    read++;
                    fold(record, batch);
                }
                long since = System.nanoTime();
                if (!batch.isEmpty()) {
                    target.bulkWrite(new ArrayList<>(batch.values()), new BulkWriteOptions().ordered(false));
                }
                if (measured) {
                    nanos += System.nanoTime() - since;
                    records += read;
                }
                measured |= batch.containsKey(ChangeStream.FIRST_MARK);
            }
        }
        rate = Math.round(records / (nanos / 1e9));
    }

    private static void fold(ConsumerRecord<byte[], byte[]> record, Map<Long, WriteModel<Document>> batch)
            throws Exception {
        if (record.value() == null) {
            return;
        }
        long id = JSON.readTree(record.key()).at("/payload/id").asLong();
        JsonNode after = JSON.readTree(record.value()).at("/payload/after");
        Document byId = new Document("_id", id);
        if (after.isNull()) {
            batch.put(id, new DeleteOneModel<>(byId));
        } else {
            Document document = new Document("_id", id);
            Map<?, ?> fields = JSON.convertValue(after, Map.class);
            fields.forEach((name, value) -> {
                if (!"id".equals(name)) {
                    document.append((String) name, value);
                }
            });
            batch.put(id, new ReplaceOneModel<>(byId, document, new ReplaceOptions().upsert(true)));
        }
    }

    @Override
    public OptionalLong ownRate() {
        return OptionalLong.of(rate);
    }

    @Override
    public boolean hasRow(long id) {
        return target.find(new Document("_id", id)).first() != null;
    }

    @Override
    public long rows() {
        return target.countDocuments();
    }

    @Override
    public void stop() {
        // Nothing was started that is not ended.
    }
}
