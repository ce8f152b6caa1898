package io.flywatch.cdc.lag;

import org.jspecify.annotations.Nullable;

/**
 * What a look at the source showed. What the source does not tell is null.
 *
 * @param skewSeconds the source's clock less ours
 * @param connected whether somebody reads the pipeline's slot
 * @param heartbeatAgeSeconds since the newest heartbeat was written there, by the source's clock
 * @param writtenBytes of the source's log so far
 * @param unreadBytes of it that the connector has not confirmed
 * @param spilledBytes that the source set aside while decoding large transactions, in all
 * @param slot what the slot keeps
 * @param keepSeconds how long the source keeps its log; infinite for ever
 * @param unknown why nobody knows how long the source keeps its log, for a person; null if it is known, or there is nothing to say
 */
public record SourceLook(
        @Nullable Double skewSeconds,
        @Nullable Boolean connected,
        @Nullable Double heartbeatAgeSeconds,
        @Nullable Long writtenBytes,
        @Nullable Long unreadBytes,
        @Nullable Long spilledBytes,
        Headroom.@Nullable Slot slot,
        @Nullable Double keepSeconds,
        @Nullable String unknown) {

    /** The source could not be asked. */
    public static final SourceLook NONE = new SourceLook(null, null, null, null, null, null, null, null, null);

    /** What tells its clock, and how long it keeps its log. */
    public static SourceLook keeping(double skewSeconds, double keepSeconds) {
        return new SourceLook(skewSeconds, null, null, null, null, null, null, keepSeconds, null);
    }

    /** What tells its clock, and not how long it keeps its log. */
    public static SourceLook keepingUnknown(double skewSeconds, String why) {
        return new SourceLook(skewSeconds, null, null, null, null, null, null, null, why);
    }
}
