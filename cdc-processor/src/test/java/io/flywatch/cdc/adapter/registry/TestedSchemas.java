package io.flywatch.cdc.adapter.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.cdc.CdcConfig.RegistryConfig;
import io.flywatch.cdc.avro.Schemas;
import java.util.Optional;

/** The registry's client without the service around it. */
public final class TestedSchemas {
    private TestedSchemas() {}

    /** Of an Apicurio Registry 2. */
    public static Schemas of(String url) {
        return new HttpSchemas(
                new RegistryConfig() {
                    @Override
                    public Optional<String> url() {
                        return Optional.of(url);
                    }

                    @Override
                    public RegistryIds ids() {
                        return RegistryIds.APICURIO_GLOBAL;
                    }

                    @Override
                    public Optional<String> username() {
                        return Optional.of("anna");
                    }

                    @Override
                    public Optional<String> password() {
                        return Optional.of("secret");
                    }
                },
                new ObjectMapper());
    }
}
