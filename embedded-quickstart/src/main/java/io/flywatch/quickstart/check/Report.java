package io.flywatch.quickstart.check;

import io.flywatch.quickstart.compare.TableVerdict;
import io.flywatch.quickstart.screen.Figures;
import io.flywatch.quickstart.screen.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Says what the check found: the figures, what is right, and what is not. */
final class Report {

    private static final String ROW = "%-28s %11s %11s %11s %11s %11s  %s";

    private final Terminal terminal;
    private final List<String> rights = new ArrayList<>();
    private final List<String> wrongs = new ArrayList<>();

    Report(Terminal terminal) {
        this.terminal = terminal;
    }

    void right(String line) {
        rights.add(line);
    }

    void wrong(String line) {
        wrongs.add(line);
    }

    void tables(List<TableVerdict> verdicts, Books books) {
        terminal.heading("Tables");
        terminal.aside(
                ROW.formatted("", "rows moved", "rows/s", "changes", "lag median", "lag 99 %", "source and target"));
        for (TableVerdict verdict : verdicts) {
            String table = verdict.table();
            terminal.say("  "
                    + ROW.formatted(
                            table,
                            Figures.count(books.rows(table)),
                            Figures.count(Math.round(books.rowsPerSecond(table))),
                            Figures.count(books.streamed(table)),
                            lag(books.lag(table, 0.5)),
                            lag(books.lag(table, 0.99)),
                            verdict.equal() ? "equal, " + Figures.count(verdict.rows()) + " rows" : "DIFFERENT"));
            if (!verdict.equal()) {
                wrongs.add("%s differs: %,d rows, %,d documents, %,d missing, %,d extra, %,d different%n      %s"
                        .formatted(
                                table,
                                verdict.rows(),
                                verdict.documents(),
                                verdict.missing(),
                                verdict.extra(),
                                verdict.different(),
                                String.join("\n      ", verdict.examples())));
            }
        }
        terminal.aside("Lag: end to end, each second's oldest change, while nothing was broken.");
    }

    static String lag(OptionalDouble seconds) {
        return seconds.isPresent() ? Figures.seconds(seconds.getAsDouble()) : "–";
    }

    /** Prints the verdict. */
    boolean conclude() {
        terminal.heading("Check");
        rights.forEach(terminal::right);
        wrongs.forEach(terminal::wrong);
        terminal.say("");
        terminal.say(wrongs.isEmpty() ? "  All is right." : "  Something is wrong: see above.");
        return wrongs.isEmpty();
    }
}
