package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.OpenTargets;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while the target of a pipeline is away, as the processor can't do its work then; the check's name is the first such
 * target's, its data tell why each is away. It becomes ready again by itself.
 */
@Readiness
@Singleton
final class TargetReadiness implements HealthCheck {
    private final OpenTargets targets;

    TargetReadiness(OpenTargets targets) {
        this.targets = targets;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, String> away = targets.away();
        String name = away.keySet().stream()
                .findFirst()
                .map(target -> "target " + target)
                .orElse("targets");
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(away.isEmpty());
        away.forEach(response::withData);
        return response.build();
    }
}
