package io.flywatch.alerts.adapter.file;

import io.flywatch.alerts.alert.Flapping;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.deliver.ReceiverSpec.Rate;
import io.flywatch.alerts.deliver.ReceiverType;
import io.flywatch.alerts.escalate.Escalation;
import io.flywatch.alerts.inhibit.Inhibition;
import io.flywatch.alerts.match.Matcher;
import io.flywatch.alerts.mute.MuteTime;
import io.flywatch.alerts.policy.Defaults;
import io.flywatch.alerts.policy.Durations;
import io.flywatch.alerts.policy.Policy;
import io.flywatch.alerts.policy.Policy.Heartbeat;
import io.flywatch.alerts.route.Route;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Makes a policy of a file's text, or says what is wrong with it and where. */
public final class PolicyFile {

    private static final List<String> COMMON = List.of("name", "type", "fallback", "rate", "concurrency");
    private static final int CONCURRENCY = 8;

    private final Map<String, ReceiverSpec> configured;
    private final Function<String, Optional<ReceiverType>> types;
    private final Secrets secrets;
    private final List<String> flaws = new ArrayList<>();

    /**
     * Reads.
     *
     * @param configured receivers that are declared elsewhere
     * @param types the sorts of receivers, by their names
     */
    public PolicyFile(
            Map<String, ReceiverSpec> configured, Function<String, Optional<ReceiverType>> types, Secrets secrets) {
        this.configured = configured;
        this.types = types;
        this.secrets = secrets;
    }

    /**
     * What came of reading.
     *
     * @param policy the policy; null if something is wrong
     * @param flaws what is wrong, each with line and column
     */
    public record Reading(@Nullable Policy policy, List<String> flaws) {
        public Reading {
            flaws = List.copyOf(flaws);
        }
    }

    /** Reads a file's text. */
    public Reading read(String text) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                return new Reading(null, List.of("line 1, column 1: the file is empty; it needs at least a route"));
            }
            Policy policy = policy(new Cursor(root, flaws));
            return new Reading(flaws.isEmpty() ? policy : null, flaws);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            String where =
                    mark == null ? "" : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
            return new Reading(null, List.of(where + e.getProblem()));
        }
    }

    private Policy policy(Cursor file) {
        file.knows(
                "route",
                "receivers",
                "inhibit_rules",
                "mute_times",
                "escalations",
                "flapping",
                "storm",
                "silences",
                "heartbeat");
        Map<String, ReceiverSpec> receivers = new LinkedHashMap<>(configured);
        file.each("receivers").forEach(at -> {
            ReceiverSpec spec = receiver(at);
            if (receivers.put(spec.name(), spec) != null && !configured.containsKey(spec.name())) {
                at.flaw("there are two receivers '" + spec.name() + "'");
            }
        });
        fallbacks(file, receivers);
        Map<String, MuteTime> mutes = new LinkedHashMap<>();
        file.each("mute_times").forEach(at -> {
            MuteTime mute = MuteTimes.read(at);
            if (mutes.put(mute.name(), mute) != null) {
                at.flaw("there are two mute times '" + mute.name() + "'");
            }
        });
        Map<String, Escalation> escalations = new Escalations(file, receivers.keySet()).read();
        RouteTree tree = new RouteTree(receivers.keySet(), mutes.keySet(), escalations.keySet());
        Route root = file.get("route").map(tree::root).orElseGet(() -> {
            file.flaw("'route' is missing: who is told what");
            return Defaults.bySeverity(Map.of());
        });
        return new Policy(
                root,
                inhibitions(file),
                mutes,
                escalations,
                receivers,
                flapping(file),
                file.get("storm")
                        .map(at -> {
                            at.knows("groups_per_minute");
                            return at.number("groups_per_minute", Defaults.STORM, 0);
                        })
                        .orElse(Defaults.STORM),
                file.get("silences")
                        .map(at -> {
                            at.knows("notice_before");
                            return at.read("notice_before", Defaults.SILENCE_NOTICE, Durations::parse);
                        })
                        .orElse(Defaults.SILENCE_NOTICE),
                file.get("heartbeat").map(at -> heartbeat(at, receivers)).orElse(null));
    }

    private ReceiverSpec receiver(Cursor at) {
        String type = at.needed("type");
        Optional<ReceiverType> sort = types.apply(type);
        sort.ifPresent(it ->
                at.knows(Stream.concat(COMMON.stream(), it.settings().stream()).toArray(String[]::new)));
        sort.ifPresent(it -> it.flags().forEach(flag -> at.read(flag, false, RouteTree::flag)));
        Map<String, String> settings = new LinkedHashMap<>();
        at.all().forEach((key, value) -> {
            if (!COMMON.contains(key)) {
                settings.put(key, resolved(at, key, value));
            }
        });
        return new ReceiverSpec(
                at.needed("name"),
                type,
                settings,
                at.text("fallback").orElse(null),
                at.read("rate", sort.map(ReceiverType::rate).orElse(Rate.ANY), PolicyFile::rate),
                at.number("concurrency", CONCURRENCY, 1));
    }

    private String resolved(Cursor at, String key, Cursor value) {
        try {
            return secrets.resolve(String.join(",", at.texts(key)));
        } catch (IllegalArgumentException e) {
            value.flaw(String.valueOf(e.getMessage()));
            return "";
        }
    }

    private static void fallbacks(Cursor file, Map<String, ReceiverSpec> receivers) {
        for (Cursor at : file.each("receivers")) {
            String name = at.text("name").orElse("");
            String fallback = at.text("fallback").orElse(null);
            if (fallback != null && (!receivers.containsKey(fallback) || fallback.equals(name))) {
                at.get("fallback")
                        .orElse(at)
                        .flaw("the fallback has to be another receiver; there is no other '" + fallback + "'");
            }
        }
    }

    /** {@code 1/s}, {@code 120/m} or {@code off}. */
    static Rate rate(String text) {
        if (text.equals("off")) {
            return Rate.ANY;
        }
        if (!text.matches("[1-9]\\d{0,5}/[smh]")) {
            throw new IllegalArgumentException("'" + text + "' is no rate; write 1/s, 120/m or off");
        }
        Duration within = switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
        return new Rate(Integer.parseInt(text.substring(0, text.indexOf('/'))), within);
    }

    private static List<Inhibition> inhibitions(Cursor file) {
        if (file.get("inhibit_rules").isEmpty()) {
            return Defaults.INHIBITIONS;
        }
        List<Inhibition> rules = new ArrayList<>();
        for (Cursor at : file.each("inhibit_rules")) {
            at.knows("name", "source_matchers", "target_matchers", "equal");
            List<Matcher> sources = RouteTree.matchers(at, "source_matchers");
            List<Matcher> targets = RouteTree.matchers(at, "target_matchers");
            if (sources.isEmpty() || targets.isEmpty()) {
                at.flaw("an inhibition needs source_matchers and target_matchers");
            }
            rules.add(new Inhibition(
                    at.text("name").orElse("rule " + (rules.size() + 1)), sources, targets, at.texts("equal")));
        }
        return rules;
    }

    private static Flapping flapping(Cursor file) {
        return file.get("flapping")
                .map(at -> {
                    at.knows("starts", "within", "steady_after");
                    return new Flapping(
                            at.number("starts", Defaults.FLAPPING.starts(), 2),
                            at.read("within", Defaults.FLAPPING.within(), Durations::parse),
                            at.read("steady_after", Defaults.FLAPPING.steadyAfter(), Durations::parse));
                })
                .orElse(Defaults.FLAPPING);
    }

    private static Heartbeat heartbeat(Cursor at, Map<String, ReceiverSpec> receivers) {
        at.knows("receiver", "every");
        String receiver = at.needed("receiver");
        if (!receivers.containsKey(receiver)) {
            at.get("receiver").orElse(at).flaw("there is no receiver '" + receiver + "'");
        }
        Duration every = at.read("every", Duration.ofMinutes(1), Durations::parse);
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            at.flaw("a heartbeat can't come more often than each second");
        }
        return new Heartbeat(receiver, every);
    }
}
