package io.flywatch.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Draws the picture of ceilings in docs/detection.md with the ceiling itself; {@code -Dflywatch.docs.write=true} writes it. */
class CeilingPictureTest {
    private static final Path FILE = Path.of("../docs/pictures/ceiling.svg");
    private static final Instant T = Instant.parse("2026-11-22T14:00:00Z");
    private static final int SECONDS = 600;
    private static final double FLOOR = 4;
    private static final double WIDTH = 900;
    private static final double HEIGHT = 200;
    private static final double HIGHEST = 25;
    /** A stop, and a time in which everything takes three times as long. */
    private static final int STOPPED = 200;

    private static final int STARTED = 220;
    private static final int SLOW = 350;

    @Test
    void isThePictureInTheDocuments() throws IOException {
        String picture = draw();

        if (Boolean.getBoolean("flywatch.docs.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, picture);
        }
        assertThat(Files.readString(FILE)).isEqualTo(picture);
        assertThat(picture.lines().filter(line -> line.contains("#c62828"))).hasSizeGreaterThan(10);
    }

    private static String draw() {
        Random random = new Random(3);
        Ceiling ceiling = new Ceiling(Duration.ofMinutes(10), FLOOR);
        List<String> values = new ArrayList<>();
        List<String> limits = new ArrayList<>();
        StringBuilder told = new StringBuilder();
        for (int second = 0; second < SECONDS; second++) {
            double value = staleness(second, random);
            double limit = ceiling.add(T.plusSeconds(second), value);
            values.add(point(second, value));
            limits.add(point(second, limit));
            if (value > limit) {
                told.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.0f\" r=\"2\" fill=\"#c62828\"/>%n",
                        x(second),
                        y(value)));
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 220" font-family="sans-serif" font-size="12">
                <rect width="900" height="220" fill="#ffffff"/>
                <polyline fill="none" stroke="#78909c" stroke-dasharray="4 3" points="%s"/>
                <polyline fill="none" stroke="#1565c0" stroke-width="1.2" points="%s"/>
                %s<text x="8" y="16">staleness in seconds (blue) and its ceiling (dashed); red beyond it</text>
                </svg>
                """.formatted(String.join(" ", limits), String.join(" ", values), told);
    }

    private static double staleness(int second, Random random) {
        double usual = second < SLOW ? 0.8 : 2.4;
        double value = usual + 0.25 * usual * random.nextGaussian();
        return second >= STOPPED && second < STARTED ? second - STOPPED + value : value;
    }

    private static double x(int second) {
        return second * WIDTH / SECONDS;
    }

    private static double y(double value) {
        return HEIGHT - Math.min(value, HIGHEST) / HIGHEST * (HEIGHT - 30);
    }

    private static String point(int second, double value) {
        return String.format(Locale.ROOT, "%.1f,%.0f", x(second), y(value));
    }
}
