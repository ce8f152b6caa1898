package io.flywatch.alerts.adapter.http;

import io.flywatch.alerts.adapter.http.Answer.Answered;
import io.flywatch.alerts.adapter.http.Answer.Forbidden;
import io.flywatch.alerts.adapter.http.Answer.Silent;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Delivery.Refused;
import io.flywatch.alerts.deliver.Delivery.Retry;
import io.flywatch.alerts.notice.Text;

/** What an HTTP answer means for a notice, the same for all receivers that speak HTTP. */
public final class Verdicts {

    private static final int MOST_OF_BODY = 200;

    private Verdicts() {}

    /**
     * The meaning.
     *
     * @param receipt what to keep if it was taken
     */
    public static Delivery of(Answer answer, String receipt) {
        return switch (answer) {
            case Silent silent -> new Retry(null, silent.why());
            case Forbidden forbidden -> new Refused(forbidden.why());
            case Answered(int status, String body, var retryAfter) -> {
                String what = "HTTP " + status + excerpt(body);
                if (status / 100 == 2) {
                    yield new Delivered(receipt);
                }
                boolean later = status == 408 || status == 425 || status == 429 || status / 100 == 5;
                yield later ? new Retry(retryAfter, what) : new Refused(what);
            }
        };
    }

    private static String excerpt(String body) {
        String line = Text.oneLine(body);
        return line.isEmpty() ? "" : ": " + Text.atMost(line, MOST_OF_BODY);
    }
}
