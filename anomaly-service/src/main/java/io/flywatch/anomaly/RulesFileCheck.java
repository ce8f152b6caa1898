package io.flywatch.anomaly;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Not well while the file of rules has a flaw; the service works on, by the rules from before. */
@Wellness
@Singleton
public final class RulesFileCheck implements HealthCheck {

    private final RuleBook rules;

    RulesFileCheck(RuleBook rules) {
        this.rules = rules;
    }

    @Override
    public HealthCheckResponse call() {
        var flaws = rules.state().flaws();
        return HealthCheckResponse.named("rules-file")
                .status(flaws.isEmpty())
                .withData("flaws", String.join("; ", flaws))
                .build();
    }
}
