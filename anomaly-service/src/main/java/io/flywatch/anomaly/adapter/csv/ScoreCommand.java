package io.flywatch.anomaly.adapter.csv;

import io.flywatch.anomaly.score.Direction;
import io.flywatch.anomaly.score.Nature;
import io.flywatch.anomaly.score.Sensitivity;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code score FILE|-}: reads a CSV file of times and values and prints what the detector says of each row. */
public final class ScoreCommand {

    private static final int WRONG_USE = 2;
    private static final String USAGE = """
            usage: score [--sensitivity quiet|balanced|early] [--direction up|down|both] [--min-width X] FILE|-

            Reads a CSV file with the columns timestamp and value (or - for standard input), row by row as it comes, and prints
            timestamp,value,score,expected,lower,upper,episode: a score from 0 to 1, what was expected and within what band, and the
            number of the episode while one is open. Times are ISO 8601 or epoch; without any, rows count as seconds.
              --sensitivity  when an episode opens and how wide the band is; balanced if left out. Does not change the score
              --direction    which way out of its range is bad; both if left out
              --min-width    changes smaller than this, in the unit of the values, never matter; 0 if left out""";

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private Sensitivity sensitivity = Sensitivity.BALANCED;
    private Direction direction = Direction.BOTH;
    private double minWidth;
    private @Nullable String file;

    /** A command with its streams. */
    public ScoreCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Runs it; what it returns is the process's exit code. */
    public int run(String... args) {
        try {
            parse(args);
        } catch (IllegalArgumentException e) {
            err.println("score: " + e.getMessage() + "\n\n" + USAGE);
            return WRONG_USE;
        }
        if (file == null) {
            out.println(USAGE);
            return 0;
        }
        try (BufferedReader lines = open(file)) {
            score(lines);
            return 0;
        } catch (NoSuchFileException e) {
            err.println("score: there is no file " + e.getMessage());
        } catch (IOException e) {
            err.println("score: " + file + " can't be read: " + e.getMessage());
        }
        return 1;
    }

    private void parse(String... args) {
        for (int next = 0; next < args.length; next++) {
            switch (args[next]) {
                case "--help", "-h" -> {
                    file = null;
                    return;
                }
                case "--sensitivity" -> sensitivity = one(Sensitivity.values(), args, ++next);
                case "--direction" -> direction = one(Direction.values(), args, ++next);
                case "--min-width" -> minWidth = width(after(args, ++next));
                default -> takeFile(args[next]);
            }
        }
        if (file == null) {
            throw new IllegalArgumentException("which file?");
        }
    }

    private void takeFile(String name) {
        if (file != null || name.startsWith("--")) {
            throw new IllegalArgumentException("what is '" + name + "'?");
        }
        file = name;
    }

    private static String after(String[] args, int at) {
        if (at >= args.length) {
            throw new IllegalArgumentException(args[at - 1] + " needs a value");
        }
        return args[at];
    }

    private static <E extends Enum<E>> E one(E[] all, String[] args, int at) {
        String name = after(args, at);
        return Arrays.stream(all)
                .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(args[at - 1] + " can't be '" + name + "', but one of "
                        + Arrays.toString(all).toLowerCase(Locale.ROOT)));
    }

    private static double width(String text) {
        double width = Values.number(text);
        if (!(width >= 0)) {
            throw new IllegalArgumentException("--min-width must be a number of at least 0, is '" + text + "'");
        }
        return width;
    }

    private BufferedReader open(String name) throws IOException {
        InputStream from = name.equals("-") ? in : Files.newInputStream(Path.of(name));
        return new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8), 1 << 16);
    }

    private void score(BufferedReader lines) throws IOException {
        Scoring scoring = new Scoring(new Nature(direction, minWidth, Nature.UNKNOWN.minShare()), sensitivity);
        BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        writer.write(Scoring.HEADING + "\n");
        String line = lines.readLine();
        while (line != null) {
            String scored = scoring.on(line.startsWith("\uFEFF") ? line.substring(1) : line);
            if (scored != null) {
                writer.write(scored);
                writer.write('\n');
            }
            // Whoever pipes a live source in sees each row at once.
            if (!lines.ready()) {
                writer.flush();
            }
            line = lines.readLine();
        }
        writer.flush();
        String oddities = scoring.oddities();
        if (oddities != null) {
            err.println(oddities);
        }
    }
}
