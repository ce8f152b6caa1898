package io.flywatch.quickstart.boot;

import io.flywatch.quickstart.Refusal;
import io.flywatch.quickstart.connect.ConnectWorker;
import io.flywatch.quickstart.process.Child;
import io.flywatch.quickstart.process.Children;
import io.flywatch.quickstart.process.Frozen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Starts Kafka Connect and the services, all at once, and waits for each. */
public final class Services {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path home;
    private final Children children;
    private final Readiness readiness = new Readiness();
    private final Map<Service, Child> started = new EnumMap<>(Service.class);

    /** Takes the packages from the repository at {@code home}. */
    public Services(Path home, Children children) {
        this.home = home;
        this.children = children;
    }

    /** Starts the Connect worker. */
    public Child startConnect(Ports ports) {
        return children.java(
                "kafka-connect",
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConnectWorker.class.getName(),
                        "127.0.0.1:" + ports.number(Port.KAFKA),
                        Integer.toString(ports.number(Port.CONNECT))),
                Map.of());
    }

    /** Starts a service. */
    public void start(Service service, Environment environment) {
        Path jar = home.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new Refusal(service.module() + " is not packaged: " + jar + " is missing. ./quickstart builds it.");
        }
        List<String> arguments = new ArrayList<>(service.jvm());
        arguments.addAll(List.of("-XX:+UseSerialGC", "-jar", jar.toString()));
        started.put(service, children.java(service.module(), arguments, environment.of(service)));
    }

    /** Waits until Kafka Connect offers its connectors. */
    public void awaitConnect(Child connect, Ports ports) throws InterruptedException {
        readiness.await(connect, ports.url(Port.CONNECT) + "/connector-plugins", LIMIT);
    }

    /** Waits until a service says that it has all it needs. */
    public void await(Service service, Ports ports) throws InterruptedException {
        Child child = java.util.Objects.requireNonNull(started.get(service));
        readiness.await(child, ports.url(service.port()) + "/q/health/ready", LIMIT);
    }

    /** Lets a service stand still until what is answered is closed. */
    public Frozen freeze(Service service) {
        return Frozen.of(java.util.Objects.requireNonNull(started.get(service)));
    }

    /** The story of a process that ended and should not have. */
    public static Refusal endedByItself(Child child) {
        return new Refusal(Readiness.ended(child));
    }
}
