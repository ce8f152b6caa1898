package io.flywatch.stack.replica;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The server behind, over one line: one command at a time. */
final class Backend implements AutoCloseable {
    private static final int ALL = Integer.MAX_VALUE;
    private static final int IDS_AT_ONCE = 1_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int last;

    Backend(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BsonDocument run(BsonDocument command) {
        try {
            Wire.send(out, ++last, command);
            Wire.Message answer = Wire.read(in);
            if (answer == null) {
                throw new IOException("the server behind has ended");
            }
            return answer.document();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BsonDocument run(String namespace, String name, BsonDocument fields) {
        int dot = namespace.indexOf('.');
        BsonDocument command = new BsonDocument(name, new BsonString(namespace.substring(dot + 1)));
        command.putAll(fields);
        return run(command.append("$db", new BsonString(namespace.substring(0, dot))));
    }

    /** All documents that a command answers by a cursor, in its first batch. */
    List<BsonValue> all(BsonDocument command) {
        BsonDocument asked = command.clone();
        if (asked.getFirstKey().equals("aggregate")) {
            asked.put("cursor", new BsonDocument("batchSize", new BsonInt32(ALL)));
        } else {
            asked.put("batchSize", new BsonInt32(ALL));
        }
        BsonDocument answer = run(asked);
        if (answer.getNumber("ok").intValue() != 1) {
            throw refusal(answer);
        }
        return answer.getDocument("cursor").getArray("firstBatch").getValues();
    }

    List<BsonDocument> find(String namespace, BsonDocument filter, BsonDocument options) {
        int dot = namespace.indexOf('.');
        BsonDocument find = new BsonDocument("find", new BsonString(namespace.substring(dot + 1)));
        find.append("filter", filter).putAll(options);
        find.append("$db", new BsonString(namespace.substring(0, dot)));
        return all(find).stream().map(BsonValue::asDocument).toList();
    }

    List<BsonDocument> findIds(String namespace, Collection<BsonValue> ids) {
        List<BsonValue> todo = new ArrayList<>(ids);
        List<BsonDocument> found = new ArrayList<>();
        for (int from = 0; from < todo.size(); from += IDS_AT_ONCE) {
            List<BsonValue> some = todo.subList(from, Math.min(todo.size(), from + IDS_AT_ONCE));
            found.addAll(find(namespace, in(some), new BsonDocument()));
        }
        return found;
    }

    /** Puts each document in its state, whatever stood there; those without a state are deleted. */
    void put(String namespace, Map<BsonValue, Image> images) {
        if (images.isEmpty()) {
            return;
        }
        BsonArray inserts = new BsonArray();
        images.values().stream().filter(it -> it.document() != null).forEach(it -> inserts.add(it.document()));
        checked(run(
                namespace,
                "delete",
                new BsonDocument(
                        "deletes",
                        new BsonArray(List.of(new BsonDocument("q", in(List.copyOf(images.keySet())))
                                .append("limit", new BsonInt32(0)))))));
        if (!inserts.isEmpty()) {
            checked(run(
                    namespace, "insert", new BsonDocument("documents", inserts).append("ordered", BsonBoolean.TRUE)));
        }
    }

    private static void checked(BsonDocument answer) {
        if (answer.getNumber("ok").intValue() != 1) {
            throw refusal(answer);
        }
        if (answer.containsKey("writeErrors")) {
            throw refusal(answer.getArray("writeErrors").getFirst().asDocument());
        }
    }

    private static Refusal refusal(BsonDocument answer) {
        return new Refusal(
                answer.getNumber("code", new BsonInt32(2)).intValue(),
                answer.getString("errmsg", new BsonString("")).getValue());
    }

    static BsonDocument in(List<BsonValue> ids) {
        return new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids)));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
