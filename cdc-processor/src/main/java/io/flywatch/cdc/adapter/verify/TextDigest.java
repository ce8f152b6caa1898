package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest of a row: the sum of the MD5 sums of its columns' names and texts, in whatever order they come. Not for several threads. */
final class TextDigest {
    private final MessageDigest md5;
    private long high;
    private long low;

    TextDigest() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Adds a column that is not null. */
    void add(String name, String text) {
        md5.update(name.getBytes(StandardCharsets.UTF_8));
        md5.update((byte) 0);
        ByteBuffer sum = ByteBuffer.wrap(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        high += sum.getLong();
        low += sum.getLong();
    }

    /** The digest of what was added since the last one. */
    Digest take() {
        Digest taken = new Digest(high, low);
        high = 0;
        low = 0;
        return taken;
    }
}
