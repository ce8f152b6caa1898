package io.flywatch.system.bench.incidents;

import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.bench.incidents.Marks.Outcome;
import io.flywatch.system.bench.incidents.Rehearsed.Told;
import io.flywatch.system.stand.Arguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./bench incidents}: the recorded incidents, played to the packaged detection. */
public final class IncidentBench implements Bench {
    private static final List<String> PROFILES = List.of("quiet", "balanced", "early");

    @Override
    public String name() {
        return "incidents";
    }

    @Override
    public String about() {
        return "recorded migration incidents: found, delay, false alarms, causes; --half scored|building (scored), --hours 48 of"
                + " synthetic calm, --detail yes";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        boolean scored = !arguments.text("half", "scored").equals("building");
        long hours = arguments.number("hours", 48);
        boolean detail = arguments.text("detail", "no").equals("yes");
        List<Path> slices = new ArrayList<>();
        for (Path slice : CorpusFolder.slices()) {
            if (Recording.read(slice).onlyScored() == scored) {
                slices.add(slice);
            }
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Path synthetic = hours > 0 ? new CalmGenerator(CorpusFolder.slices()).write(hours, scored ? 2 : 1) : null;
        for (String profile : PROFILES) {
            Marks marks = marks(profile, slices);
            List<String> calm = synthetic == null
                    ? List.of()
                    : Rehearsed.of(profile, List.of(synthetic)).getOrDefault(synthetic, List.of()).stream()
                            .filter(Told::opens)
                            .map(it -> "synthetic at " + it.at() / 1000 + ": "
                                    + it.anomaly().path("summary").asText())
                            .toList();
            rows.add(row(profile, marks, calm.size(), hours));
            if (profile.equals("balanced")) {
                notes.addAll(kinds(marks));
            }
            if (detail) {
                marks.outcomes().forEach(it -> System.err.println(profile + " " + told(it)));
                marks.falseAlarms().forEach(it -> System.err.println(profile + " FALSE " + it));
                calm.forEach(it -> System.err.println(profile + " FALSE " + it));
            }
        }
        notes.add(
                "Found: an episode opened between the start of the cause and half a minute after its end. A false alarm: one that"
                        + " opened elsewhere, and not within a minute after an incident of its migration. Incidents within half a minute after"
                        + " another of their migration are not scored.");
        notes.add(
                "The recordings are played to the packaged anomaly-service (rehearse) with its defaults, each migration to a detector"
                        + " that knows nothing, in the time in which the events were heard. Synthetic calm: recorded minutes without an"
                        + " incident, put one behind the other (CalmGenerator).");
        notes.addAll(CorpusFolder.table().notes());
        return new Table(
                "Migration incidents",
                List.of(
                        "profile",
                        "incidents",
                        "found",
                        "delay, median",
                        "delay, 90 %",
                        "false alarms in 24 h, recorded calm",
                        "false alarms in 24 h, synthetic calm",
                        "right cause first, when told",
                        "right cause first, at its end"),
                rows,
                notes);
    }

    private static Marks marks(String profile, List<Path> slices) throws Exception {
        Map<Path, List<String>> migrations = new HashMap<>();
        List<Path> files = new ArrayList<>();
        for (Path slice : slices) {
            List<String> all = Recording.read(slice).migrations();
            migrations.put(slice, all);
            all.forEach(migration -> files.add(slice.resolve(migration + ".jsonl.gz")));
        }
        Map<Path, List<Told>> told = Rehearsed.of(profile, files);
        Marks marks = new Marks();
        for (Path slice : slices) {
            Map<String, List<Told>> own = new HashMap<>();
            for (String migration : migrations.getOrDefault(slice, List.of())) {
                own.put(migration, told.getOrDefault(slice.resolve(migration + ".jsonl.gz"), List.of()));
            }
            marks.take(String.valueOf(slice.getFileName()), Recording.read(slice), own);
        }
        return marks;
    }

    private static List<String> row(String profile, Marks marks, int syntheticAlarms, long hours) {
        List<Outcome> all = marks.outcomes();
        long found = all.stream().filter(Outcome::found).count();
        return List.of(
                profile,
                Integer.toString(all.size()),
                Long.toString(found),
                figure("%.1f s", marks.delay(0.5)),
                figure("%.1f s", marks.delay(0.9)),
                figure("%.1f", marks.falseAlarmsPerDay()) + " ("
                        + marks.falseAlarms().size() + " in " + figure("%.2f", marks.calmHours()) + " h)",
                hours == 0 ? "–" : figure("%.1f", syntheticAlarms * 24.0 / hours),
                percent(all.stream().filter(Outcome::rightFirst).count(), found),
                percent(all.stream().filter(Outcome::rightLast).count(), found));
    }

    private static List<String> kinds(Marks marks) {
        List<String> told = new ArrayList<>();
        marks.byKind().forEach((kind, all) -> {
            List<Outcome> found = all.stream().filter(Outcome::found).toList();
            String delays = String.join(
                    ", ",
                    found.stream()
                            .map(it -> figure("%.0f s", it.delayMs() / 1e3))
                            .toList());
            told.add("balanced, " + kind + ": " + found.size() + " of " + all.size() + " found"
                    + (found.isEmpty() ? "" : " after " + delays) + ", right cause in "
                    + found.stream().filter(Outcome::rightLast).count() + ".");
        });
        return told;
    }

    private static String told(Outcome it) {
        return String.format(
                Locale.ROOT,
                "%s %s (%s) %s: %s after %.1f s by %s, causes %s, %s",
                it.slice(),
                it.label().kind(),
                it.label().what(),
                it.label().migrations(),
                it.found() ? "found" : "MISSED",
                it.delayMs() / 1e3,
                it.rule(),
                it.firstCause(),
                it.lastCause());
    }

    private static String percent(long some, long of) {
        return of == 0 ? "–" : figure("%.0f %%", 100.0 * some / of);
    }

    private static String figure(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
