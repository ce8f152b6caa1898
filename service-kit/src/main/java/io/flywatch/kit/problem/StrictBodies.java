package io.flywatch.kit.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Refuses unknown fields of what is {@link Strict}, and leaves all else as it is. */
@Singleton
public final class StrictBodies implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper json) {
        json.addHandler(new Handler());
    }

    private static final class Handler extends DeserializationProblemHandler {

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                @Nullable JsonDeserializer<?> reader,
                Object beanOrClass,
                String name)
                throws IOException {
            Class<?> type = beanOrClass instanceof Class<?> it ? it : beanOrClass.getClass();
            if (!type.isAnnotationPresent(Strict.class)) {
                return false;
            }
            throw UnrecognizedPropertyException.from(
                    parser, beanOrClass, name, reader == null ? null : reader.getKnownPropertyNames());
        }
    }
}
