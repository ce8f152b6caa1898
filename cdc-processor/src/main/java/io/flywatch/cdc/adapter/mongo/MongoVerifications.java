package io.flywatch.cdc.adapter.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.adapter.verify.VerificationJson;
import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Verifications in {@code flywatch_verifications} and their mismatches in {@code flywatch_mismatches}, in the target's database. */
final class MongoVerifications implements VerificationStore {
    static final String COLLECTION = "flywatch_verifications";
    static final String MISMATCHES = "flywatch_mismatches";

    private static final String PIPELINE = "pipeline";
    private static final String EPOCH = "epoch";
    private static final String LEASE = "leaseUntil";
    private static final String WISH = "wish";
    private static final String OPEN = "open";
    private static final String OUTDATED = "outdated";
    private static final String REQUESTED = "requestedAt";
    private static final String STATE = "state";

    private static final FindOneAndUpdateOptions AFTER =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<BsonDocument> verifications;
    private final MismatchDocuments mismatches;

    MongoVerifications(MongoDatabase database) {
        this.verifications = database.getCollection(COLLECTION, BsonDocument.class);
        this.mismatches = new MismatchDocuments(database.getCollection(MISMATCHES, BsonDocument.class));
    }

    @Override
    public boolean create(Verification fresh) {
        BsonDocument document = byId(fresh.id())
                .append(PIPELINE, new BsonString(fresh.migrationId()))
                .append(EPOCH, new BsonInt64(0))
                .append(LEASE, new BsonDateTime(0))
                .append(WISH, new BsonString(Wish.RUN.name()))
                .append(OPEN, BsonBoolean.TRUE)
                .append(OUTDATED, BsonBoolean.FALSE)
                .append(REQUESTED, date(fresh.requestedAt()))
                .append(STATE, state(fresh));
        return MongoRows.asked(() -> {
            try {
                return verifications.insertOne(document).wasAcknowledged();
            } catch (MongoWriteException e) {
                if (ErrorCategory.fromErrorCode(e.getError().getCode()) == ErrorCategory.DUPLICATE_KEY) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static BsonDocument byId(String id) {
        return new BsonDocument(Documents.ID, new BsonString(id));
    }

    private static BsonDateTime date(Instant at) {
        return new BsonDateTime(at.toEpochMilli());
    }

    private static BsonDocument state(Verification verification) {
        return BsonDocument.parse(VerificationJson.write(verification));
    }

    @Override
    public Optional<Claim> claim(String pipeline, Instant now, Duration lease) {
        BsonDocument free = new BsonDocument(PIPELINE, new BsonString(pipeline))
                .append(OPEN, BsonBoolean.TRUE)
                .append(WISH, new BsonDocument("$ne", new BsonString(Wish.PAUSE.name())))
                .append(LEASE, new BsonDocument("$lte", date(now)));
        BsonDocument take = new BsonDocument("$inc", new BsonDocument(EPOCH, new BsonInt64(1)))
                .append("$set", new BsonDocument(LEASE, date(now.plus(lease))));
        return MongoRows.asked(() -> Optional.ofNullable(verifications.findOneAndUpdate(
                        free,
                        take,
                        new FindOneAndUpdateOptions()
                                .returnDocument(ReturnDocument.AFTER)
                                .sort(Sorts.ascending(REQUESTED))))
                .map(taken -> new Claim(kept(taken), taken.getNumber(EPOCH).longValue())));
    }

    private static Kept kept(BsonDocument document) {
        return new Kept(
                VerificationJson.read(document.getDocument(STATE).toJson()),
                Wish.valueOf(document.getString(WISH).getValue()),
                document.getBoolean(OUTDATED, BsonBoolean.FALSE).getValue());
    }

    @Override
    public Optional<Wish> save(Verification verification, long epoch, Instant leaseUntil, boolean open) {
        BsonDocument ours = byId(verification.id()).append(EPOCH, new BsonInt64(epoch));
        BsonDocument set = new BsonDocument(
                "$set",
                new BsonDocument(STATE, state(verification))
                        .append(LEASE, date(leaseUntil))
                        .append(OPEN, BsonBoolean.valueOf(open)));
        return MongoRows.asked(() -> Optional.ofNullable(verifications.findOneAndUpdate(ours, set, AFTER))
                .map(saved -> Wish.valueOf(saved.getString(WISH).getValue())));
    }

    @Override
    public List<Kept> list(String pipeline, int most) {
        return MongoRows.asked(() -> {
            List<Kept> found = new ArrayList<>();
            for (BsonDocument document : verifications
                    .find(new BsonDocument(PIPELINE, new BsonString(pipeline)))
                    .sort(Sorts.descending(REQUESTED))
                    .limit(most)) {
                found.add(kept(document));
            }
            return found;
        });
    }

    @Override
    public Optional<Kept> get(String pipeline, String id) {
        BsonDocument filter = byId(id).append(PIPELINE, new BsonString(pipeline));
        return MongoRows.asked(
                () -> Optional.ofNullable(verifications.find(filter).first()).map(MongoVerifications::kept));
    }

    @Override
    public boolean wish(String pipeline, String id, Wish wish) {
        BsonDocument filter =
                byId(id).append(PIPELINE, new BsonString(pipeline)).append(OPEN, BsonBoolean.TRUE);
        return set(filter, new BsonDocument(WISH, new BsonString(wish.name())).append(LEASE, new BsonDateTime(0)));
    }

    @Override
    public boolean outdate(String pipeline, String id) {
        BsonDocument filter =
                byId(id).append(PIPELINE, new BsonString(pipeline)).append(OUTDATED, BsonBoolean.FALSE);
        return set(filter, new BsonDocument(OUTDATED, BsonBoolean.TRUE));
    }

    private boolean set(BsonDocument filter, BsonDocument fields) {
        return MongoRows.asked(() -> verifications
                        .updateOne(filter, new BsonDocument("$set", fields))
                        .getMatchedCount()
                == 1);
    }

    @Override
    public void found(String id, String table, List<Mismatch> found, Instant now) {
        MongoRows.asked(() -> mismatches.write(id, table, found, now));
    }

    @Override
    public void mended(String id, String table, List<Mismatch> mended) {
        MongoRows.asked(() -> mismatches.remove(id, table, mended));
    }

    @Override
    public List<FoundMismatch> mismatches(
            String id, @Nullable String table, @Nullable Kind kind, @Nullable String after, int most) {
        return MongoRows.asked(() -> mismatches.page(id, table, kind, after, most));
    }
}
