package io.flywatch.kit.connect;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka Connect says of a connector.
 *
 * @param name its name
 * @param connector its own state
 * @param tasks the states of its tasks; none shortly after it was registered
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConnectorStatus(String name, State connector, List<TaskStatus> tasks) {

    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    /** Whether the connector and all of its tasks run, of which there must be one. */
    public boolean running() {
        return isRunning(connector.state())
                && !tasks.isEmpty()
                && tasks.stream().allMatch(task -> isRunning(task.state()));
    }

    /** Whether the connector or a task of it failed. */
    public boolean failed() {
        return Stream.concat(Stream.of(connector.state()), tasks.stream().map(TaskStatus::state))
                .anyMatch("FAILED"::equals);
    }

    /** The first line of the first trace that tells why it failed. */
    public Optional<String> firstTrace() {
        return Stream.concat(Stream.of(connector), tasks.stream().map(task -> new State(task.state(), task.trace())))
                .map(State::trace)
                .filter(trace -> trace != null && !trace.isBlank())
                .map(trace -> trace.lines().findFirst().orElse(""))
                .findFirst();
    }

    private static boolean isRunning(String state) {
        return "RUNNING".equals(state);
    }

    /**
     * A state and, if it is a failure, its stack trace.
     *
     * @param state {@code RUNNING}, {@code PAUSED}, {@code STOPPED}, {@code FAILED}, {@code UNASSIGNED}, {@code RESTARTING}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record State(String state, @Nullable String trace) {}

    /** One task's state. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record TaskStatus(int id, String state, @Nullable String trace) {}
}
