package io.flywatch.cdc;

import io.flywatch.cdc.apply.MissingTarget;
import io.flywatch.cdc.apply.Target;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Opens targets of every sort by their connection's URL, and knows which of them are away. */
@Singleton
public final class OpenTargets implements Pipelines.Targets {
    private final Connections connections;
    private final Instance<TargetKind> kinds;
    private final Instance<TargetHealth> health;
    private final Map<String, String> missing = new ConcurrentHashMap<>();

    OpenTargets(Connections connections, Instance<TargetKind> kinds, Instance<TargetHealth> health) {
        this.connections = connections;
        this.kinds = kinds;
        this.health = health;
    }

    @Override
    public Target open(String name, String database) {
        Connections.Connection configured = connections.byName().get(name);
        String key = "flywatch.connections." + name + ".url";
        if (configured == null) {
            return missing(name, "no connection of the name " + name + " is configured: set " + key);
        }
        for (TargetKind kind : kinds) {
            if (kind.takes(configured.url())) {
                try {
                    Target target = kind.open(name, configured, database);
                    missing.remove(name);
                    return target;
                } catch (IllegalArgumentException e) {
                    return missing(name, key + " can't be used: " + e.getMessage());
                }
            }
        }
        return missing(
                name,
                key
                        + " begins with none of mongodb://, mongodb+srv://, jdbc:postgresql://, jdbc:mysql:// and jdbc:mariadb://");
    }

    private Target missing(String name, String reason) {
        missing.put(name, reason);
        return new MissingTarget(reason);
    }

    /** Why targets are away, by connection. */
    public Map<String, String> away() {
        Map<String, String> away = new TreeMap<>(missing);
        health.forEach(each -> away.putAll(each.away()));
        return away;
    }
}
