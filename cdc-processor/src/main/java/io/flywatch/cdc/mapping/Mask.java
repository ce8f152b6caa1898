package io.flywatch.cdc.mapping;

import io.flywatch.cdc.change.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides values behind an HMAC-SHA-256 (RFC 2104): equal values stay equal, so that joins still work, and without the salt nobody can
 * find a value by trying all.
 */
public final class Mask {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SALT = 16;

    private final SecretKeySpec key;

    /** A mask with a salt of 16 bytes at least. */
    public Mask(String salt) {
        byte[] bytes = salt.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_SALT) {
            throw new IllegalArgumentException(
                    "flywatch.cdc.mask-salt has less than " + SHORTEST_SALT + " bytes: set a longer one");
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** 64 hexadecimal digits that stand for a value. */
    String of(Object value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes(value)));
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Numbers that the source holds equal are hidden equally. */
    private static byte[] bytes(Object value) {
        return switch (value) {
            case ByteBuffer bytes -> bytes.array();
            case BigDecimal number ->
                number.stripTrailingZeros().toPlainString().getBytes(StandardCharsets.UTF_8);
            case Json json -> json.text().getBytes(StandardCharsets.UTF_8);
            default -> value.toString().getBytes(StandardCharsets.UTF_8);
        };
    }
}
