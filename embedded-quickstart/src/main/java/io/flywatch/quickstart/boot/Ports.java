package io.flywatch.quickstart.boot;

import io.flywatch.quickstart.Refusal;
import io.flywatch.stack.FreePort;
import java.util.EnumMap;
import java.util.Map;

/** Which part listens where. */
public record Ports(Map<Port, Integer> numbers) {

    public Ports {
        numbers = Map.copyOf(numbers);
    }

    /** Those of the options. */
    public static Ports of(int base, Map<String, Integer> chosen) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(port, chosen.getOrDefault(port.option(), port.number(base)));
        }
        return new Ports(numbers);
    }

    public int number(Port port) {
        return java.util.Objects.requireNonNull(numbers.get(port));
    }

    public String url(Port port) {
        return "http://127.0.0.1:" + number(port);
    }

    /** Fails with the name of a port that is taken, if one is. */
    public void mustBeFree() {
        for (Port port : Port.values()) {
            if (!FreePort.isFree(number(port))) {
                throw new Refusal("""
                        Port %1$d, which is for the %2$s, is taken by another program. Free it, or choose another: \
                        ./quickstart --port %3$s=%4$d moves this one, ./quickstart --port-base %5$d moves all.""".formatted(
                                number(port),
                                port.part(),
                                port.option(),
                                elsewhere(number(port)),
                                elsewhere(number(Port.RUNNER))));
            }
        }
    }

    private static int elsewhere(int port) {
        return port < 50_000 ? port + 10_000 : port - 10_000;
    }
}
