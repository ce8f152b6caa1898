package io.flywatch.stack.replica;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HexFormat;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;

/**
 * A place in the log of changes. A resume token tells it as the real server's do: 130, the cluster time, and then what only the
 * server itself reads.
 *
 * @param index which of the changes that were committed at that time; {@link #AFTER_ALL} stands behind each of them
 */
record Place(BsonTimestamp time, int index) implements Comparable<Place> {
    static final int AFTER_ALL = Integer.MAX_VALUE;
    static final int BEFORE_ALL = -1;

    private static final byte TIMESTAMP = (byte) 130;
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::time).thenComparingInt(Place::index);

    BsonDocument token() {
        ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES);
        bytes.put(TIMESTAMP).putLong(time.getValue()).putInt(index);
        return new BsonDocument(
                "_data", new BsonString(HexFormat.of().withUpperCase().formatHex(bytes.array())));
    }

    static Place of(BsonDocument token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(
                    HexFormat.of().parseHex(token.getString("_data").getValue()));
            if (bytes.get() == TIMESTAMP) {
                return new Place(new BsonTimestamp(bytes.getLong()), bytes.getInt());
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            // told below
        }
        throw new Refusal(Refusal.FAILED_TO_PARSE, "Bad resume token: " + token.toJson());
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
