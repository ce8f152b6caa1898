package io.flywatch.quickstart;

import io.flywatch.quickstart.boot.Port;
import io.flywatch.quickstart.source.Database;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of the command. */
@Command(
        name = "./quickstart",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        version = "Flywatch 0.1.0-SNAPSHOT",
        usageHelpAutoWidth = true,
        description = {
            "",
            "Starts Kafka, Kafka Connect, PostgreSQL, a MongoDB (or the one you name), an inbox and the four services of "
                    + "Flywatch on this machine, and moves a live shop from PostgreSQL to MongoDB before your eyes. "
                    + "Ctrl-C ends all of it.",
            ""
        },
        footer = {
            "",
            "Environment: FLYWATCH_MONGODB_URI is the same as --target-uri; FLYWATCH_SOURCE_USER and "
                    + "FLYWATCH_SOURCE_PASSWORD log in to --source-url; FLYWATCH_HEAP (1g) is the memory for Kafka and the "
                    + "stand-in, which holds all rows; NO_COLOR turns colours off.",
            "Files and logs are in embedded-quickstart/target/run."
        })
final class Options {

    private static final List<String> TROUBLES = List.of("slow-target", "error-burst", "stop-connector");

    @Option(
            names = "--check",
            description =
                    "Run without a person: move the data under load, break something, compare source and target, look for "
                            + "every notice; exit with 0 only if all is right.")
    boolean check;

    @Option(
            names = "--break",
            paramLabel = "TROUBLE",
            description =
                    "Break something once changes stream: slow-target, error-burst or stop-connector. If a quickstart runs "
                            + "already, it is broken there.")
    @Nullable
    String trouble;

    @Option(
            names = "--dataset",
            paramLabel = "FILE.sql",
            description =
                    "Load this dump into the embedded PostgreSQL and move every table of it that has a primary key.")
    @Nullable
    Path dataset;

    @Option(
            names = "--source-url",
            paramLabel = "URL",
            description =
                    "Move your own database, jdbc:postgresql://user:password@host/db: every table that has a primary key.")
    @Nullable
    String sourceUrl;

    @Option(
            names = "--target-uri",
            paramLabel = "URI",
            description = "Move to your own MongoDB, mongodb://host/database; without it, to a stand-in in memory.")
    @Nullable
    String targetUri;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "150",
            description = "Changes a second that the workload makes, 0 for none (default: ${DEFAULT-VALUE}).")
    double rate;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            defaultValue = "8080",
            description =
                    "Where the ports begin: services at 0 to 3 after it, Kafka Connect at 5, Kafka at 12 (by default at 9092).")
    int portBase;

    @Option(
            names = "--port",
            paramLabel = "PART=PORT",
            description = "The port of one part: runner, processor, anomalies, alerts, connect or kafka.")
    Map<String, Integer> ports = new HashMap<>();

    @Option(names = "--run-dir", paramLabel = "DIR", description = "Where files and logs go.")
    @Nullable
    Path runDir;

    @Option(names = "--plain", description = "Plain lines, even on a terminal.")
    boolean plain;

    /** The target that was named, if any. */
    Optional<String> target(Map<String, String> environment) {
        return Optional.ofNullable(targetUri)
                .or(() -> Optional.ofNullable(environment.get("FLYWATCH_MONGODB_URI")))
                .filter(uri -> !uri.isBlank());
    }

    /** Fails with a sentence if something does not fit. */
    void validate(Map<String, String> environment) {
        if (dataset != null && sourceUrl != null) {
            throw new Refusal(
                    "--dataset and --source-url exclude each other: a dump goes into the embedded PostgreSQL.");
        }
        if (dataset != null && !Files.isReadable(dataset)) {
            throw new Refusal(
                    "There is no file " + dataset + " that can be read; --dataset takes an SQL dump for PostgreSQL.");
        }
        if (trouble != null && !TROUBLES.contains(trouble)) {
            throw new Refusal("'" + trouble + "' can't be broken. There is " + String.join(", ", TROUBLES) + ".");
        }
        if (rate < 0) {
            throw new Refusal("--rate is %s; it must be 0 or more."
                    .formatted(BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString()));
        }
        List<String> parts = Arrays.stream(Port.values()).map(Port::option).toList();
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            if (!parts.contains(port.getKey()) || port.getValue() < 1 || port.getValue() > 65_535) {
                throw new Refusal("--port " + port.getKey() + "=" + port.getValue()
                        + " is not understood: the parts are " + String.join(", ", parts) + ", the ports 1 to 65535.");
            }
        }
        if (portBase < 1024 || portBase > 64_000) {
            throw new Refusal("--port-base is " + portBase + "; it must be between 1024 and 64000.");
        }
        if (sourceUrl != null) {
            try {
                Database.parse(sourceUrl, environment);
            } catch (IllegalArgumentException e) {
                throw new Refusal(String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** What is to be typed into another terminal to break something in this quickstart. */
    String breakHint() {
        return "./quickstart --break slow-target" + (runDir == null ? "" : " --run-dir " + runDir);
    }
}
