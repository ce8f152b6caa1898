package io.flywatch.system.bench.incidents;

import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** {@code ./bench record-incidents}: adds one slice to the corpus of incidents, with everything real. */
public final class RecordBench implements Bench {
    private static final int LOOK_AT_LOAD_SECONDS = 10;

    @Override
    public String name() {
        return "record-incidents";
    }

    @Override
    public String about() {
        return "adds a slice to the corpus of incidents: --seed N (even: only scored) --mode incidents|calm --seconds 400 --lines 6 --kinds slow_target,...";
    }

    /** Those of a list; all of them for an empty one. */
    private static List<IncidentKind> kinds(String named) {
        return named.isBlank()
                ? List.of(IncidentKind.values())
                : Arrays.stream(named.split(",", -1)).map(IncidentKind::of).toList();
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long seed = arguments.number("seed", 1);
        String mode = arguments.text("mode", "incidents");
        long seconds = arguments.number("seconds", 400);
        int lines = (int) arguments.number("lines", 6);
        Path folder = CorpusFolder.home().resolve("%s-%03d".formatted(mode, seed));
        Path unfinished = Layout.target("recording");
        Random random = new Random(seed);
        List<Double> load = new ArrayList<>();
        long from = System.currentTimeMillis();
        try (IncidentStand stand = new IncidentStand(Layout.target("incidents"), lines, random)) {
            System.err.printf("the stand is up after %d s%n", (System.currentTimeMillis() - from) / 1000);
            Listener listener = new Listener(stand.bootstrapServers());
            List<Label> labels;
            try (listener;
                    Script script = new Script(stand, mode, kinds(arguments.text("kinds", "")), random)) {
                from = System.currentTimeMillis();
                script.begin(seconds);
                while (System.currentTimeMillis() - from < seconds * 1000 && !script.isOver()) {
                    TimeUnit.SECONDS.sleep(LOOK_AT_LOAD_SECONDS);
                    load.add(Machine.load());
                }
                labels = script.labels();
            }
            long to = System.currentTimeMillis();
            Files.createDirectories(unfinished);
            Recording recording = new Recording(
                    seed,
                    mode,
                    from,
                    to,
                    load,
                    stand.lines().stream().map(Line::id).toList(),
                    labels);
            Files.createDirectories(folder);
            for (String migration : recording.migrations()) {
                Recording.write(folder, migration, listener.heard().getOrDefault(migration, List.of()));
            }
            recording.write(folder);
        }
        return CorpusFolder.table();
    }
}
