package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;

/** Why a server does not do what it is asked, for a person, without any row's contents. */
final class Reasons {

    private Reasons() {}

    static String of(MongoException e) {
        return switch (e) {
            case ArrayDocuments.TooLargeException tooLarge -> String.valueOf(tooLarge.getMessage());
            case MongoTimeoutException timeout -> "it does not answer";
            case MongoSecurityException denied -> "it refuses the user name or password";
            case MongoSocketException broken -> "the connection broke";
            case MongoCommandException refused ->
                "it answers " + refused.getErrorCodeName() + " (" + refused.getErrorCode() + ")";
            case MongoBulkWriteException partly
            when !partly.getWriteErrors().isEmpty() ->
                "it refuses writes with error "
                        + partly.getWriteErrors().getFirst().getCode();
            case MongoBulkWriteException partly -> "it can't replicate writes to a majority";
            default -> e.getClass().getSimpleName() + " (" + e.getCode() + ")";
        };
    }
}
