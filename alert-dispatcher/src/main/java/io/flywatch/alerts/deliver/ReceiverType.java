package io.flywatch.alerts.deliver;

import java.util.List;

/** One sort of receiver. */
public interface ReceiverType {

    /** What a declaration calls it. */
    String type();

    /** What is wrong with a declaration, without any of its secrets; empty if nothing is. */
    List<String> flaws(ReceiverSpec spec);

    /** The receiver of a declaration without flaws. */
    Receiver receiver(ReceiverSpec spec);

    /** How much such a receiver takes if nothing is declared. */
    ReceiverSpec.Rate rate();
}
