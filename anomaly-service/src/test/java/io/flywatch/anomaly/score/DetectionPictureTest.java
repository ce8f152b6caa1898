package io.flywatch.anomaly.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Draws the picture of docs/detection.md with the detector itself; {@code -Dflywatch.docs.write=true} writes it. */
class DetectionPictureTest {

    private static final Path FILE = Path.of("../docs/pictures/detection.svg");
    private static final int POINTS = 720;
    private static final int SHOWN_FROM = 120;
    private static final double WIDTH = 900;
    private static final double HIGHEST = 170;
    private static final int CURVE = 200;
    private static final int SCORES = 260;

    @Test
    void isThePictureInTheDocuments() throws IOException {
        String picture = draw();

        if (Boolean.getBoolean("flywatch.docs.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, picture);
        }
        assertThat(Files.readString(FILE)).isEqualTo(picture);
        assertThat(picture.lines().filter(line -> line.contains("#c62828"))).hasSizeGreaterThanOrEqualTo(3);
    }

    private static String draw() {
        Random random = new Random(11);
        SeriesScorer scorer = new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED);
        List<String> upper = new ArrayList<>();
        List<String> lower = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        StringBuilder bars = new StringBuilder();
        for (int at = 0; at < POINTS; at++) {
            double value = value(at, random);
            Reading reading = scorer.on(at * 10_000L, value);
            if (at >= SHOWN_FROM) {
                upper.add(point(at, y(reading.upper())));
                lower.addFirst(point(at, y(reading.lower())));
                values.add(point(at, y(value)));
                expected.add(point(at, y(reading.expected())));
                bars.append(bar(at, reading.score()));
            }
        }
        upper.addAll(lower);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 270" font-family="sans-serif" font-size="12">
                <rect width="900" height="270" fill="#ffffff"/>
                <polygon fill="#cfd8dc" points="%s"/>
                <polyline fill="none" stroke="#78909c" points="%s"/>
                <polyline fill="none" stroke="#1565c0" stroke-width="1.2" points="%s"/>
                %s<text x="8" y="16">value (blue), expected and band (grey); score below, red from the threshold on</text>
                </svg>
                """.formatted(String.join(" ", upper), String.join(" ", expected), String.join(" ", values), bars);
    }

    /** A spike, a new level that comes back, and a slow climb. */
    private static double value(int at, Random random) {
        double value = 60 + 3 * random.nextGaussian();
        if (at >= 300 && at < 303) {
            value += 60;
        }
        if (at >= 400 && at < 500) {
            value += 25;
        }
        return at >= 600 ? value + 0.7 * (at - 600) : value;
    }

    private static double y(double value) {
        return CURVE - Numbers.clamp(value, 0, HIGHEST) / HIGHEST * (CURVE - 20);
    }

    private static double x(int at) {
        return (at - SHOWN_FROM) * WIDTH / (POINTS - SHOWN_FROM);
    }

    private static String point(int at, double y) {
        return String.format(Locale.ROOT, "%.1f,%.0f", x(at), y);
    }

    private static String bar(int at, double score) {
        if (score <= 0.1) {
            return "";
        }
        String color = score >= Sensitivity.BALANCED.threshold() ? "#c62828" : "#b0bec5";
        return String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.0f\" width=\"1.5\" height=\"%.0f\" fill=\"%s\"/>%n",
                x(at),
                SCORES - score * 50,
                score * 50,
                color);
    }
}
