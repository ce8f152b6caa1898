package io.flywatch.system.stand;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/** Documents to be migrated. */
public final class Filling {
    private static final int PAGE = 1_000;

    private Filling() {}

    /** So many documents of some 300 bytes, with {@code _id} from 0 and {@code n: 0}; what was there before is gone. */
    public static void fill(MongoCollection<Document> collection, long documents) {
        collection.drop();
        List<Document> page = new ArrayList<>();
        for (long id = 0; id < documents; id++) {
            page.add(new Document("_id", id)
                    .append("n", 0)
                    .append("name", "customer " + id)
                    .append("text", "x".repeat(220)));
            if (page.size() == PAGE) {
                collection.insertMany(page);
                page.clear();
            }
        }
        if (!page.isEmpty()) {
            collection.insertMany(page);
        }
    }
}
