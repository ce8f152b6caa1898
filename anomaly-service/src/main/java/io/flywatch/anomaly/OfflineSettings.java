package io.flywatch.anomaly;

import io.flywatch.anomaly.detect.DetectorSettings;
import io.flywatch.anomaly.score.Sensitivity;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The settings in force where the service itself does not run: those of its environment, and else the defaults. */
public final class OfflineSettings {

    private OfflineSettings() {}

    /** The settings with this sensitivity. */
    public static DetectorSettings of(Sensitivity sensitivity) {
        SmallRyeConfig base = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .withMapping(AnomalyConfig.class)
                .withValidateUnknown(false)
                .build();
        return new RuleBook(base.getConfigMapping(AnomalyConfig.class), base).settingsWith(sensitivity);
    }
}
