package io.flywatch.system.bench.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Lets the contestants apply the same stream, one after the other, and takes the time between the marks. */
final class Race {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration TO_BEGIN = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final ChangeStream stream;

    Race(ChangeStream stream) {
        this.stream = stream;
    }

    /**
     * What came of one contestant.
     *
     * @param rate records in a second; not a number if he did not get to the end
     * @param rows what his target holds at the end
     */
    record Result(String name, double rate, long rows) {}

    Result run(Contestant contestant) throws Exception {
        System.err.println(contestant.name() + " ...");
        try {
            contestant.start();
            double rate;
            if (contestant.ownRate().isPresent()) {
                rate = contestant.ownRate().getAsLong();
            } else {
                OptionalLong from = await(contestant, ChangeStream.FIRST_MARK, TO_BEGIN);
                OptionalLong to =
                        from.isPresent() ? await(contestant, ChangeStream.LAST_MARK, LIMIT) : OptionalLong.empty();
                rate = to.isPresent()
                        ? stream.measuredRecords() / ((to.getAsLong() - from.getAsLong()) / 1e9)
                        : Double.NaN;
            }
            Result result = new Result(contestant.name(), rate, contestant.rows());
            System.err.printf(Locale.ROOT, "  %,.0f records/s, %d of %d rows%n", rate, result.rows(), stream.rows());
            return result;
        } finally {
            contestant.stop();
        }
    }

    /** When the mark was seen; nothing if it was not in time. */
    private static OptionalLong await(Contestant contestant, long mark, Duration limit) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        long looks = 0;
        while (System.nanoTime() < end) {
            if (contestant.hasRow(mark)) {
                return OptionalLong.of(System.nanoTime());
            }
            String trouble = ++looks % 100 == 0 ? contestant.trouble() : "";
            if (!trouble.isEmpty()) {
                throw new IllegalStateException(contestant.name() + ": " + trouble);
            }
            Thread.sleep(LOOK);
        }
        return OptionalLong.empty();
    }

    /** The results as rows of a table, with each rate in relation to the first's. */
    List<List<String>> table(List<Result> results) {
        List<List<String>> rows = new ArrayList<>();
        double first = results.getFirst().rate();
        for (Result result : results) {
            rows.add(List.of(
                    result.name(),
                    Double.isNaN(result.rate()) ? "did not arrive" : String.format(Locale.ROOT, "%,.0f", result.rate()),
                    Double.isNaN(result.rate()) ? "" : String.format(Locale.ROOT, "%.2f", first / result.rate()),
                    result.rows() == stream.rows()
                            ? "all %,d".formatted(result.rows())
                            : "%,d of %,d".formatted(result.rows(), stream.rows())));
        }
        return rows;
    }
}
