package io.flywatch.stack.replica;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/** MongoDB's messages on the line: {@code OP_MSG}, and {@code OP_QUERY} for a driver's first greeting. */
final class Wire {
    private static final int MSG = 2013;
    private static final int QUERY = 2004;
    private static final int REPLY = 1;
    private static final int HEADER = 16;
    private static final int CHECKSUM_PRESENT = 1;
    private static final int MORE_TO_COME = 2;
    private static final int LONGEST = 64 * 1024 * 1024;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private Wire() {}

    /**
     * A message.
     *
     * @param legacy whether it is an {@code OP_QUERY}
     * @param answered whether the other side waits for an answer
     */
    record Message(int id, BsonDocument document, boolean legacy, boolean answered) {}

    /** Null at the end of the line. */
    static @Nullable Message read(DataInputStream in) throws IOException {
        byte[] header = new byte[HEADER];
        try {
            in.readFully(header);
        } catch (EOFException e) {
            return null;
        }
        ByteBuffer head = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int length = head.getInt(0);
        if (length < HEADER || length > LONGEST) {
            throw new IOException("a message of " + length + " bytes");
        }
        byte[] bytes = new byte[length - HEADER];
        in.readFully(bytes);
        ByteBuffer body = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (head.getInt(12)) {
            case MSG -> message(head.getInt(4), body);
            case QUERY -> query(head.getInt(4), body);
            default -> throw new IOException("an operation " + head.getInt(12) + " that is not spoken here");
        };
    }

    private static Message message(int id, ByteBuffer body) {
        int flags = body.getInt();
        int end = body.limit() - ((flags & CHECKSUM_PRESENT) != 0 ? Integer.BYTES : 0);
        BsonDocument document = new BsonDocument();
        while (body.position() < end) {
            if (body.get() == 0) {
                BsonDocument main = document(body);
                main.putAll(document);
                document = main;
            } else {
                sequence(body, document);
            }
        }
        return new Message(id, document, false, (flags & MORE_TO_COME) == 0);
    }

    private static void sequence(ByteBuffer body, BsonDocument into) {
        int end = body.position() + body.getInt();
        String name = text(body);
        BsonArray documents = new BsonArray();
        while (body.position() < end) {
            documents.add(document(body));
        }
        into.append(name, documents);
    }

    private static Message query(int id, ByteBuffer body) {
        body.getInt();
        String collection = text(body);
        body.getLong();
        BsonDocument document = document(body);
        String database = collection.substring(0, collection.indexOf('.'));
        return new Message(id, document.append("$db", new org.bson.BsonString(database)), true, true);
    }

    private static String text(ByteBuffer body) {
        int start = body.position();
        while (body.get() != 0) {
            // on to its end
        }
        return new String(body.array(), start, body.position() - start - 1, StandardCharsets.UTF_8);
    }

    private static BsonDocument document(ByteBuffer body) {
        int length = body.getInt(body.position());
        ByteBuffer one = body.slice(body.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        body.position(body.position() + length);
        try (BsonBinaryReader reader = new BsonBinaryReader(one)) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }

    static void send(OutputStream out, int id, BsonDocument document) throws IOException {
        write(out, id, 0, MSG, new byte[5], document);
    }

    static void answer(OutputStream out, Message to, BsonDocument document) throws IOException {
        if (to.legacy()) {
            // flags "await capable", no cursor, from the first, one document
            byte[] prefix = new byte[20];
            prefix[0] = 8;
            prefix[16] = 1;
            write(out, to.id(), to.id(), REPLY, prefix, document);
        } else {
            write(out, to.id(), to.id(), MSG, new byte[5], document);
        }
    }

    private static void write(OutputStream out, int id, int to, int operation, byte[] prefix, BsonDocument document)
            throws IOException {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer(1024);
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            buffer.writeInt32(0);
            buffer.writeInt32(id);
            buffer.writeInt32(to);
            buffer.writeInt32(operation);
            buffer.writeBytes(prefix, 0, prefix.length);
            CODEC.encode(writer, document, EncoderContext.builder().build());
            buffer.writeInt32(0, buffer.getPosition());
            buffer.pipe(out);
            out.flush();
        }
    }
}
