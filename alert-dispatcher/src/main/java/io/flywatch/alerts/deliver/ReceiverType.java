package io.flywatch.alerts.deliver;

import java.util.List;

/** One sort of receiver. */
public interface ReceiverType {

    /** What a declaration calls it. */
    String type();

    /** The settings that a declaration of it may have, beside those that all have. */
    List<String> settings();

    /** Those of them that are {@code true} or {@code false}. */
    default List<String> flags() {
        return List.of();
    }

    /** What is wrong with a declaration, without any of its secrets; empty if nothing is. */
    List<String> flaws(ReceiverSpec spec);

    /** The receiver of a declaration without flaws. */
    Receiver receiver(ReceiverSpec spec);

    /** How much such a receiver takes if nothing is declared. */
    ReceiverSpec.Rate rate();
}
