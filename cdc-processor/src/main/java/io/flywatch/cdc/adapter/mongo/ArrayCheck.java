package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.embed.EmbeddedArray;
import io.flywatch.cdc.verify.AwayException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Whether documents' arrays are what the rows say that they are made from; the rows themselves are compared with the source's. */
record ArrayCheck(List<EmbeddedArray> arrays, Session session) {

    /** What stands for an array that is right, and for one that is not. */
    static final String RIGHT = "as the rows that are embedded";

    /** For each document, the arrays of it that are wrong; nothing for those that are right. */
    Map<DocumentId, Set<String>> wrong(Collection<DocumentId> ids) {
        Map<DocumentId, Set<String>> wrong = new HashMap<>();
        for (EmbeddedArray array : arrays) {
            Map<DocumentId, @Nullable BsonValue> there = new HashMap<>();
            session.collection(array.parents())
                    .find(ArrayDocuments.in(Documents.ID, ids))
                    .projection(new BsonDocument(array.name(), new BsonInt32(1)))
                    .forEach(document -> there.put(DocumentId.of(document), document.get(array.name())));
            Map<DocumentId, ArrayDocuments.Contents> made = new ArrayDocuments(array, session).contents(there.keySet());
            there.forEach((id, found) -> {
                ArrayDocuments.Contents contents = made.get(id);
                BsonArray expected = contents == null ? new BsonArray() : contents.elements();
                if (!expected.equals(found)) {
                    wrong.computeIfAbsent(id, it -> new HashSet<>()).add(array.name());
                }
            });
        }
        return wrong;
    }

    /** Throws while a writer has noted that it is about to make such arrays anew: then nothing can be said of them. */
    void requireNoneStale() {
        for (EmbeddedArray array : arrays) {
            BsonDocument noted = new BsonDocument("arrays.name", new BsonString(array.name()))
                    .append("arrays.parents", new BsonString(array.parents()));
            if (session.findOne(session.collection(StaleArrays.COLLECTION), noted) != null) {
                throw new AwayException(
                        "the array " + array.name() + " is being made anew", new IllegalStateException("stale"));
            }
        }
    }
}
