package io.flywatch.cdc.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Columns of domains. Debezium tells a domain's name where it tells the type of another column, so that a number looks like any other
 * text; what is under it is in the source's catalogue. What Debezium gives a meaning by itself needs nobody to be asked.
 */
final class Domains {
    private static final String TYPE = "__debezium.source.column.type";

    /** Types whose values come as text, bytes or lists, and which a column can have without a domain. */
    private static final Set<String> TYPES = Set.of(
            "NUMERIC",
            "MONEY",
            "TEXT",
            "VARCHAR",
            "BPCHAR",
            "CHAR",
            "NAME",
            "CITEXT",
            "BYTEA",
            "BIT",
            "VARBIT",
            "INET",
            "CIDR",
            "MACADDR",
            "MACADDR8",
            "INT4RANGE",
            "INT8RANGE",
            "NUMRANGE",
            "TSRANGE",
            "TSTZRANGE",
            "DATERANGE");

    private static final Set<String> PHYSICAL = Set.of("string", "bytes", "array");
    private static final String BITS = "io.debezium.data.Bits";

    private final Catalogue catalogue;
    private final Set<String> others = new HashSet<>();

    Domains(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Puts the names of types where a row's schema names domains.
     *
     * @throws Catalogue.SourceAwayException if somebody has to be asked who does not answer
     */
    void resolve(JsonNode row) {
        for (JsonNode field : row.path("fields")) {
            if (field.path("parameters") instanceof ObjectNode parameters && mayBeDomain(field)) {
                parameters.put(TYPE, base(parameters.path(TYPE).asText()));
            }
        }
    }

    private static boolean mayBeDomain(JsonNode field) {
        String physical = field.path("type").asText();
        String meaning = field.path("name").asText();
        String type = field.path("parameters").path(TYPE).asText();
        boolean telling = !meaning.isEmpty() && !meaning.equals(BITS) || !PHYSICAL.contains(physical);
        boolean array = physical.equals("array") && type.startsWith("_");
        return !telling && !array && !type.isEmpty() && !TYPES.contains(type);
    }

    /** A domain may have been made a moment ago; what is none is asked for once. */
    private String base(String type) {
        Optional<Catalogue.Columns> known = catalogue.columns();
        if (known.isEmpty()) {
            return type;
        }
        String base = base(type, known.get().domains());
        return base.equals(type) && others.add(type)
                ? base(type, catalogue.again().domains())
                : base;
    }

    /** The snapshot names a domain of another schema with its schema, the log names each without. */
    private static String base(String type, Map<String, String> domains) {
        String bare = type.endsWith("\"") ? type.replaceFirst("^\"[^\"]*\"\\.\"(.*)\"$", "$1") : type;
        return domains.getOrDefault(type, domains.getOrDefault(bare, type));
    }
}
