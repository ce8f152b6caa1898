package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.MongoDatabase;
import io.flywatch.cdc.verify.ImpossibleException;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;

/** What a database says of one of its collections. */
record CollectionInfo(Document said) {

    /** Empty if there is no such collection. */
    static Optional<CollectionInfo> of(MongoDatabase database, String name) {
        return Optional.ofNullable(database.listCollections()
                        .filter(new BsonDocument("name", new BsonString(name)))
                        .first())
                .map(CollectionInfo::new);
    }

    private Document options() {
        return said.get("options", new Document());
    }

    /** Throws {@link ImpossibleException} if what is called a collection holds no documents of its own. */
    void requireRows(String name) {
        String type = said.get("type", "collection");
        if (!type.equals("collection")) {
            throw new ImpossibleException(name + " is a " + type
                    + ", of which no changes are told: its documents are those of other collections");
        }
    }

    boolean isCapped() {
        return options().getBoolean("capped", false);
    }

    /** Whether texts are compared by their bytes, as they are without a collation. */
    boolean sortsByBytes() {
        Document collation = options().get("collation", Document.class);
        return collation == null || "simple".equals(collation.get("locale"));
    }

    /** Another one for each collection that has had this name; servers that tell none have one for all. */
    String identity() {
        return String.valueOf(said.get("info", new Document()).get("uuid"))
                + options().get("collation");
    }
}
