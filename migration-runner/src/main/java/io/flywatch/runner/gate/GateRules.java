package io.flywatch.runner.gate;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must hold for a gate to be open, whatever the kind of the migration. */
public final class GateRules {
    private static final String ANOMALIES = "anomalies";
    private static final Duration WATCHED_WITHIN = Duration.ofSeconds(30);

    private GateRules() {}

    /** A migration that ends by itself: its latest run did all that the file says. */
    public static List<Condition> ofRun(GateQuestion question, GateFacts facts) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(run(facts));
        conditions.add(declaration(facts));
        conditions.add(complete(facts));
        conditions.add(errorRate(question, facts));
        conditions.addAll(alarms(facts));
        return asked(question, conditions);
    }

    static List<Condition> asked(GateQuestion question, List<Condition> conditions) {
        return conditions.stream()
                .filter(it -> !question.without().contains(it.name()))
                .toList();
    }

    private static Condition run(GateFacts facts) {
        if (facts.latest().isEmpty()) {
            return Condition.unknown("run", "there has been no run", "Start one.");
        }
        Run run = facts.latest().get();
        boolean succeeded = run.status() instanceof RunStatus.Succeeded;
        if (run.isRollback()) {
            String evidence = "the latest run undoes what was done: " + told(run);
            return Condition.of("run", false, evidence, facts.now(), "Start a new run.");
        }
        return Condition.of("run", succeeded, "the latest run " + told(run), facts.now(), remedy(run));
    }

    private static String remedy(Run run) {
        return switch (run.status()) {
            case RunStatus.Pending it -> "Wait for its end.";
            case RunStatus.Running it -> "Wait for its end.";
            case RunStatus.Paused it -> "Resume it.";
            case RunStatus.Failed it ->
                "Remove the cause and retry it: " + it.failure().message();
            case RunStatus.Cancelled it -> "Start a new run.";
            case RunStatus.Succeeded it -> "Nothing is to be done.";
        };
    }

    private static Condition declaration(GateFacts facts) {
        if (facts.declarationUnknown() != null) {
            return Condition.unknown("declaration", facts.declarationUnknown(), "Remove the cause and ask again.");
        }
        boolean fits = facts.declaration() == null;
        return Condition.of(
                "declaration",
                fits,
                fits ? "the file fits what is applied" : String.valueOf(facts.declaration()),
                facts.now(),
                "Correct the file, or run it.");
    }

    private static Condition complete(GateFacts facts) {
        boolean complete = facts.latest().isPresent() && facts.missing().isEmpty();
        return Condition.of(
                "complete",
                complete,
                complete ? "every step of the file is done" : "not done: " + String.join(", ", some(facts.missing())),
                facts.now(),
                "Start a run: it does what is missing.");
    }

    private static List<String> some(List<String> all) {
        if (all.isEmpty()) {
            return List.of("all of it");
        }
        return all.size() <= 5
                ? all
                : List.of(String.join(", ", all.subList(0, 5)), "and " + (all.size() - 5) + " more");
    }

    static Condition errorRate(GateQuestion question, GateFacts facts) {
        long all = facts.errors() + facts.rows();
        double rate = all == 0 ? 0 : (double) facts.errors() / all;
        return Condition.of(
                "error-rate",
                rate <= question.maxErrorRate(),
                String.format(
                        Locale.ROOT,
                        "%d of %d rows failed (%.4f), allowed are %.4f",
                        facts.errors(),
                        all,
                        rate,
                        question.maxErrorRate()),
                facts.now(),
                "Look at the failed rows and mend their cause.");
    }

    static List<Condition> alarms(GateFacts facts) {
        List<String> critical = facts.anomalies().stream()
                .filter(it -> it.severity() == Severity.CRITICAL)
                .map(Anomaly::summary)
                .toList();
        return List.of(
                quiet(ANOMALIES, "critical anomaly", critical, facts, "Remove its cause; it closes by itself."),
                quiet("alerts", "critical alert", facts.alerts(), facts, "Remove its cause; a silence does not help."));
    }

    /**
     * Why nobody can say that an active run has no anomaly; null if it is watched.
     *
     * @param judgedUpTo up to when its statistics have been judged; empty if nobody ever did
     */
    public static @Nullable String unwatched(Optional<Instant> judgedUpTo, Instant now) {
        if (judgedUpTo.isEmpty()) {
            return "the anomaly-service does not watch the run";
        }
        Duration age = Duration.between(judgedUpTo.get(), now);
        return age.compareTo(WATCHED_WITHIN) <= 0
                ? null
                : "the anomaly-service has judged nothing of the run for " + age.toSeconds() + " s";
    }

    private static @Nullable String unheard(String name, GateFacts facts) {
        return facts.unread() == null && name.equals(ANOMALIES) ? facts.unwatched() : facts.unread();
    }

    private static Condition quiet(String name, String what, List<String> open, GateFacts facts, String remedy) {
        String unheard = unheard(name, facts);
        if (open.isEmpty() && unheard != null) {
            return Condition.unknown(name, unheard, "Look whether Kafka and the anomaly-service run.");
        }
        String evidence = open.isEmpty() ? "no " + what + " is open" : "open and critical: " + String.join("; ", open);
        return Condition.of(name, open.isEmpty(), evidence, facts.now(), remedy);
    }

    static String told(@Nullable Run run) {
        return run == null ? "is none" : run.id() + " is " + run.told();
    }
}
