package io.flywatch.quickstart.connect;

import io.flywatch.quickstart.Logging;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** The worker's main class: one Kafka Connect worker with the connectors of its class path, on loopback, until it is ended. */
public final class ConnectWorker {

    private ConnectWorker() {}

    /** Takes the bootstrap servers and the port of its REST API. */
    public static void main(String[] args) {
        Logging.toStandardOutput();
        new ConnectDistributed().startConnect(settings(args[0], Integer.parseInt(args[1])));
    }

    static Map<String, String> settings(String bootstrapServers, int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "flywatch-connect");
        settings.put("listeners", "http://127.0.0.1:" + port);
        settings.put("rest.advertised.host.name", "127.0.0.1");
        settings.put("plugin.discovery", "service_load");
        settings.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        for (String store : new String[] {"config", "offset", "status"}) {
            settings.put(store + ".storage.topic", "flywatch.connect-" + store);
            settings.put(store + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("offset.flush.interval.ms", "1000");
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        // A change with its schema is some kilobytes of JSON, nearly all of it the same as in the one before: many go
        // into a
        // batch, and compressed they are small.
        settings.put("producer.compression.type", "lz4");
        settings.put("producer.batch.size", "524288");
        settings.put("producer.linger.ms", "5");
        // One worker: nobody else to wait for.
        settings.put("task.shutdown.graceful.timeout.ms", "3000");
        return settings;
    }
}
