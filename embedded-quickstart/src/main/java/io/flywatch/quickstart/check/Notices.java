package io.flywatch.quickstart.check;

import io.flywatch.quickstart.TroubleSet;
import io.flywatch.quickstart.inbox.Letter.Receiver;
import io.flywatch.quickstart.inbox.Letter.Tells;
import io.flywatch.quickstart.inbox.Letters;
import io.flywatch.quickstart.screen.Board;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Breaks something and waits for what has to follow: the three inboxes hear of it, and hear that it is over. */
final class Notices {

    private static final Duration ALERT_LIMIT = Duration.ofSeconds(120);
    private static final Duration RESOLUTION_LIMIT = Duration.ofSeconds(180);

    private final Letters letters;
    private final Board board;
    private final TroubleSet trouble;
    private final Report report;

    Notices(Letters letters, Board board, TroubleSet trouble, Report report) {
        this.letters = letters;
        this.board = board;
        this.trouble = trouble;
        this.report = report;
    }

    void breakAndAwait(String toBreak) throws Exception {
        int before = letters.all().size();
        CompletableFuture<String> mended = trouble.troubles().inject(toBreak);
        boolean told = Check.await(
                ALERT_LIMIT, () -> uninformed(Tells.FIRING, 1, before).isEmpty());
        String failure = mended.get();
        if (!failure.isEmpty()) {
            report.wrong(toBreak + " could not be broken: " + failure);
        }
        boolean over = told
                && Check.await(
                        RESOLUTION_LIMIT,
                        () -> board.openAnomalies().isEmpty()
                                && unresolved(before).isEmpty());
        if (!told) {
            report.wrong(toBreak + ": nobody told " + names(uninformed(Tells.FIRING, 1, before)) + " of it within "
                    + ALERT_LIMIT.toSeconds() + " s");
        } else if (!over) {
            report.wrong(toBreak + ": the resolution did not come to " + names(unresolved(before)) + " within "
                    + RESOLUTION_LIMIT.toSeconds() + " s; open: " + board.openAnomalies());
        } else {
            report.right(toBreak + ": Slack, mail and PagerDuty were told of it, and that it is over");
        }
    }

    // Each alert that began has to end, for everybody.
    private List<Receiver> unresolved(int before) {
        Set<String> begun = letters.alerts(Tells.FIRING, before);
        return letters.alerts(Tells.RESOLVED, before).containsAll(begun)
                ? uninformed(Tells.RESOLVED, begun.size(), before)
                : List.of(Receiver.PAGERDUTY);
    }

    private List<Receiver> uninformed(Tells tells, int alerts, int before) {
        return Arrays.stream(Receiver.values())
                .filter(receiver -> letters.count(receiver, tells, before) < alerts)
                .toList();
    }

    private static String names(List<Receiver> receivers) {
        return receivers.isEmpty()
                ? "nobody"
                : receivers.stream()
                        .map(receiver -> receiver.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }
}
