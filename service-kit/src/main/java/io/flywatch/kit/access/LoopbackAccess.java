package io.flywatch.kit.access;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Grants every role to callers on loopback while {@code flywatch.access.open-on-loopback} is true, and nothing to anybody else. The
 * {@code Host} must name loopback too, so that a web page whose name was bound to 127.0.0.1 gets nothing.
 */
@Singleton
public final class LoopbackAccess implements HttpAuthenticationMechanism {

    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final boolean open;

    LoopbackAccess(@ConfigProperty(name = "flywatch.access.open-on-loopback", defaultValue = "true") boolean open) {
        this.open = open;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        if (!open
                || !isLoopback(
                        context.request().remoteAddress(), context.request().authority())) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal("loopback"))
                        .addRoles(Roles.ALL)
                        .build());
    }

    static boolean isLoopback(@Nullable SocketAddress remote, @Nullable HostAndPort host) {
        return remote != null
                && remote.hostAddress() != null
                && isLoopbackAddress(remote.hostAddress())
                && host != null
                && LOOPBACK_HOSTS.contains(host.host().toLowerCase(Locale.ROOT));
    }

    private static boolean isLoopbackAddress(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, null, null));
    }
}
