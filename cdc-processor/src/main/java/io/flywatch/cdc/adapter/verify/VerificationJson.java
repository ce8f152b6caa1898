package io.flywatch.cdc.adapter.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flywatch.cdc.verify.Verification;

/** Verifications as they are kept. A reader of an earlier version leaves out what it does not know. */
public final class VerificationJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private VerificationJson() {}

    /** As text. */
    public static String write(Verification verification) {
        try {
            return MAPPER.writeValueAsString(verification);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From text. */
    public static Verification read(String json) {
        try {
            return MAPPER.readValue(json, Verification.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a verification that is kept can't be read", e);
        }
    }
}
