package io.flywatch.cdc.adapter.registry;

/** What the number in a message names, and where a registry has the schema of that number, with all that it refers to. */
public enum RegistryIds {
    /** Apicurio Registry 2, as its serdes write unless told otherwise: a global id of eight bytes. */
    APICURIO_GLOBAL(Long.BYTES, "/apis/registry/v2/ids/globalIds/%d?dereference=true"),
    /** Apicurio Registry 3, as its serdes write unless told otherwise: a content id of four bytes. */
    APICURIO_CONTENT(Integer.BYTES, "/apis/registry/v3/ids/contentIds/%d?references=DEREFERENCE"),
    /** Confluent's registry, or one that answers like it; Apicurio's does under {@code /apis/ccompat/v7}. */
    CONFLUENT(Integer.BYTES, "/schemas/ids/%d?format=resolved");

    private final int bytes;
    private final String path;

    RegistryIds(int bytes, String path) {
        this.bytes = bytes;
        this.path = path;
    }

    int bytes() {
        return bytes;
    }

    String path(long id) {
        return path.formatted(id);
    }
}
