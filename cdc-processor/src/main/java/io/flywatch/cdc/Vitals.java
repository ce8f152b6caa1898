package io.flywatch.cdc;

import io.flywatch.cdc.lag.CatchUp;
import io.flywatch.cdc.lag.Headroom;
import io.flywatch.events.lag.LagSample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vitals as the contract has them: JSON knows no infinity. */
final class Vitals {

    private Vitals() {}

    static LagSample.Vitals of(
            @Nullable Double heartbeatAge,
            List<Headroom> headroom,
            @Nullable CatchUp catchUp,
            long parkedKeys,
            long negativeStages) {
        return new LagSample.Vitals(
                heartbeatAge,
                headroom.stream().map(Vitals::of).toList(),
                catchUp == null
                        ? null
                        : new LagSample.CatchUp(catchUp.lowSeconds(), catchUp.likelySeconds(), catchUp.highSeconds()),
                parkedKeys,
                negativeStages);
    }

    private static LagSample.Headroom of(Headroom own) {
        Double seconds = own.seconds();
        boolean unlimited = seconds != null && seconds.isInfinite();
        return new LagSample.Headroom(own.resource(), unlimited ? null : seconds, unlimited, own.reason());
    }
}
