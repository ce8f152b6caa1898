package io.flywatch.alerts.adapter.http;

import java.net.URI;
import java.net.URISyntaxException;

/** Checks configured addresses. What is wrong is told by the key; the address itself may be a secret. */
public final class Addresses {

    private Addresses() {}

    /** What is wrong with an address, without the address; empty if nothing is. */
    public static java.util.Optional<String> flaw(String key, String url) {
        try {
            of(key, url);
            return java.util.Optional.empty();
        } catch (IllegalArgumentException e) {
            return java.util.Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The address under a configuration key. */
    public static URI of(String key, String url) {
        try {
            URI address = new URI(url.strip());
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (!web || address.getHost() == null) {
                throw new IllegalArgumentException(key + " must be an http or https URL with a host");
            }
            return address;
        } catch (URISyntaxException e) {
            // Neither message nor cause may show the address.
            throw new IllegalArgumentException(key + " is no URL");
        }
    }
}
