package io.flywatch.cdc.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.cdc.change.ColumnType.Vendor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells of a table's columns what its messages do not: the types, or what is under a domain, as its source's catalogue has them now. */
public interface Catalogue {
    /** A source that does not tell. */
    Catalogue NONE = new Catalogue() {
        @Override
        public Optional<Columns> columns() {
            return Optional.empty();
        }

        @Override
        public Columns again() {
            throw new IllegalStateException("a source that does not tell can't tell again");
        }
    };

    /**
     * A table's columns.
     *
     * @param fields by the columns' names and in the table's order, each as Kafka Connect's schema would describe it
     * @param domains what is under each of the source's domains, by the names that messages may have for it; an array's begins with
     *     an underscore
     */
    record Columns(Vendor vendor, Map<String, JsonNode> fields, Map<String, String> domains) {
        public Columns {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            domains = Map.copyOf(domains);
        }
    }

    /**
     * The columns as they are now, or were a few seconds ago: the same object as long as they are the same. Empty if this source does
     * not tell types. It is asked for each message, so it answers from memory.
     *
     * @throws SourceAwayException if the source can't be asked
     */
    Optional<Columns> columns();

    /** The same, read anew: a column may have been added a moment ago. */
    Columns again();

    /** The source can't be asked at the moment: no fault of any record. */
    final class SourceAwayException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** With what is in the way. */
        public SourceAwayException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /** A column's values are written in another form than before, and records without a schema do not say in which. */
    final class ChangedTypeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ChangedTypeException(String reason) {
            super(reason, null, false, false);
        }
    }
}
