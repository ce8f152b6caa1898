package io.flywatch.anomaly.adapter.csv;

import io.flywatch.anomaly.score.Nature;
import io.flywatch.anomaly.score.Reading;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.anomaly.score.SeriesScorer;
import io.flywatch.anomaly.score.Spells;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Turns lines of a file into lines of scores, one for one and in their order. */
final class Scoring {

    static final String HEADING = "timestamp,value,score,expected,lower,upper,episode";

    private final SeriesScorer scorer;
    private final Spells spells;
    private @Nullable Columns columns;
    private @Nullable Reading last;
    private int episode;
    private long at = Long.MIN_VALUE;
    private long row;
    private long notNumbers;
    private long notForward;

    Scoring(Nature nature, Sensitivity sensitivity) {
        this.scorer = new SeriesScorer(nature, sensitivity);
        this.spells = new Spells(sensitivity);
    }

    /** The line of scores for a line of the file; null for the heading and for empty lines. */
    @Nullable
    String on(String line) {
        if (line.isBlank()) {
            return null;
        }
        List<String> cells = Values.cells(line);
        if (columns == null) {
            boolean heading = Columns.isHeading(cells);
            columns = heading ? Columns.ofHeading(cells) : Columns.ofWidth(cells.size());
            if (heading) {
                return null;
            }
        }
        row++;
        String time = cell(cells, columns.time());
        String value = cell(cells, columns.value());
        double number = Values.number(value);
        if (Double.isNaN(number)) {
            notNumbers++;
            return line(time, value, 0, last, episode);
        }
        Reading reading = scorer.on(forward(time), number);
        last = reading;
        episode = spells.on(reading, number);
        return line(time, value, reading.score(), reading, episode);
    }

    private static String cell(List<String> cells, int column) {
        return column >= 0 && column < cells.size() ? cells.get(column) : "";
    }

    /** The time of a row; a row that does not say a later time than the one before is taken as the next moment. */
    private long forward(String time) {
        OptionalLong said = time.isEmpty() ? OptionalLong.of(row * 1000) : Times.millis(time);
        if (said.isPresent() && said.getAsLong() > at) {
            at = said.getAsLong();
        } else {
            notForward++;
            at = at == Long.MIN_VALUE ? 0 : at + 1;
        }
        return at;
    }

    private String line(String time, String value, double score, @Nullable Reading reading, int spell) {
        StringBuilder line = new StringBuilder(96)
                .append(time.isEmpty() ? Long.toString(row - 1) : time)
                .append(',')
                .append(value)
                .append(',')
                .append(Math.round(score * 1e9) / 1e9)
                .append(',');
        if (reading != null) {
            line.append(reading.expected())
                    .append(',')
                    .append(reading.lower())
                    .append(',')
                    .append(reading.upper());
        } else {
            line.append(",,");
        }
        return line.append(',')
                .append(spell == 0 ? "" : Integer.toString(spell))
                .toString();
    }

    /** What was odd about the file, for a person; null if nothing was. */
    @Nullable
    String oddities() {
        if (notNumbers == 0 && notForward == 0) {
            return null;
        }
        return "score: of " + row + " rows, " + notNumbers + " had no finite value and were scored 0; " + notForward
                + " did not say a later time than the row before and were taken as the next moment";
    }
}
