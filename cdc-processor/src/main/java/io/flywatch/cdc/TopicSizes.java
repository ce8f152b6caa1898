package io.flywatch.cdc;

import java.util.OptionalInt;

/** How many partitions topics have. */
public interface TopicSizes {

    /** Nothing is known. */
    TopicSizes UNKNOWN = topic -> OptionalInt.empty();

    /** The number of its partitions, whoever holds them; empty before there is such a topic. */
    OptionalInt partitions(String topic);
}
