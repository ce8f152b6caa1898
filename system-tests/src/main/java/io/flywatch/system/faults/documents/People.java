package io.flywatch.system.faults.documents;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Documents as applications have them: ids of several types, fields that come and go, every type. */
final class People {
    private static final int LARGE = 100_000;
    private static final int OFTEN = 50;

    private final Random random;

    People(Random random) {
        this.random = random;
    }

    /** The same number has always the same id. */
    static BsonValue id(int number) {
        return switch (number % 6) {
            case 0 -> new BsonString("person " + number);
            case 1 -> new BsonInt64(1L << 40 | number);
            case 2 -> new BsonObjectId(new ObjectId(number, number));
            case 3 -> new BsonBinary(new UUID(number, ~number));
            case 4 -> new BsonDocument("country", new BsonString("NL")).append("n", new BsonInt32(number));
            default -> new BsonInt32(number);
        };
    }

    BsonDocument person(int number) {
        BsonDocument person = new BsonDocument("_id", id(number))
                .append("n", new BsonInt64(random.nextLong()))
                .append("price", new BsonDecimal128(Decimal128.parse("9.9" + random.nextInt(10))))
                .append("at", new BsonDateTime(random.nextLong(2_000_000_000_000L)))
                .append("name", new BsonString("Zoë 🚚 " + random.nextInt()));
        for (int i = random.nextInt(4); i > 0; i--) {
            person.append("field" + random.nextInt(20), value());
        }
        if (random.nextInt(OFTEN) == 0) {
            person.append("large", new BsonString("x".repeat(random.nextInt(LARGE))));
        }
        return person;
    }

    BsonValue value() {
        return switch (random.nextInt(12)) {
            case 0 -> BsonNull.VALUE;
            case 1 -> BsonBoolean.valueOf(random.nextBoolean());
            case 2 -> new BsonInt32(random.nextInt());
            case 3 -> new BsonInt64(random.nextInt(10));
            case 4 -> new BsonDouble(random.nextGaussian() * 1e200);
            case 5 -> new BsonDecimal128(Decimal128.NaN);
            case 6 -> new BsonString("'\"\\ ünï \t\n" + random.nextInt());
            case 7 -> new BsonBinary(new byte[] {0, (byte) random.nextInt()});
            case 8 -> new BsonTimestamp(random.nextInt(), random.nextInt());
            case 9 -> new BsonRegularExpression("^a.*" + random.nextInt(), "i");
            case 10 -> new BsonArray(List.of(BsonNull.VALUE, new BsonInt32(random.nextInt()), new BsonArray()));
            default -> new BsonDocument("deep", new BsonDocument("deeper", new BsonDouble(-0.0)));
        };
    }
}
