package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.verify.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The sum of fields' MD5 sums, each over the field's type, name and value as BSON has them. Not for several threads. */
final class FieldSums {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int AT_FIRST = 512;

    private final MessageDigest md5;
    private final byte[] sum = new byte[16];
    private byte[] field = new byte[AT_FIRST];
    private int end;
    private long high;
    private long low;

    FieldSums() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Adds a field as it stands in a document: type, name and value. */
    void add(byte[] document, int from, int to) {
        md5.update(document, from, to - from);
        try {
            md5.digest(sum, 0, sum.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        high += (long) LONG.get(sum, 0);
        low += (long) LONG.get(sum, Long.BYTES);
    }

    /** Begins a field that stands in no document. */
    FieldSums begin(int type, byte[] names, int from, int to) {
        end = 0;
        reserve(to - from + 1);
        field[end++] = (byte) type;
        System.arraycopy(names, from, field, end, to - from);
        end += to - from;
        return this;
    }

    FieldSums with(long value) {
        reserve(Long.BYTES);
        LONG.set(field, end, value);
        end += Long.BYTES;
        return this;
    }

    FieldSums with(boolean value) {
        reserve(1);
        field[end++] = (byte) (value ? 1 : 0);
        return this;
    }

    FieldSums with(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reserve(Integer.BYTES + bytes.length + 1);
        INT.set(field, end, bytes.length + 1);
        System.arraycopy(bytes, 0, field, end + Integer.BYTES, bytes.length);
        end += Integer.BYTES + bytes.length;
        field[end++] = 0;
        return this;
    }

    /** Adds the field that was begun. */
    void add() {
        add(field, 0, end);
    }

    private void reserve(int bytes) {
        if (end + bytes > field.length) {
            field = Arrays.copyOf(field, Math.max(2 * field.length, end + bytes));
        }
    }

    /** The sum so far; what is added from now on begins anew. */
    Digest take() {
        Digest taken = new Digest(high, low);
        resume(new Digest(0, 0));
        return taken;
    }

    /** Goes on from a sum that was taken. */
    void resume(Digest before) {
        high = before.high();
        low = before.low();
    }
}
