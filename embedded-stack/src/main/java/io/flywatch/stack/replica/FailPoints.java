package io.flywatch.stack.replica;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The faults that are set, and how often each has struck. */
final class FailPoints {
    private static final String TIME_OUT = "maxTimeAlwaysTimeOut";

    private final List<Armed> all = new ArrayList<>();
    private boolean timesOut;

    private static final class Armed {
        final FailPoint point;
        int passed;
        int struck;

        Armed(FailPoint point) {
            this.point = point;
        }
    }

    synchronized void add(FailPoint point) {
        all.add(new Armed(point));
    }

    /** As the real server: one fault at a time is set by command. */
    synchronized void configure(BsonDocument command) {
        if (command.getString("configureFailPoint", new BsonString(""))
                .getValue()
                .equals(TIME_OUT)) {
            timesOut = command.isDocument("mode")
                    || !command.getString("mode").getValue().equals("off");
            return;
        }
        all.clear();
        FailPoint point = FailPoint.of(command);
        if (point != null) {
            add(point);
        }
    }

    /** Whether this command has a limit of time, and each that has one is to come to it: {@code maxTimeAlwaysTimeOut}. */
    synchronized boolean isLate(Command command) {
        return timesOut
                && command.body().getNumber("maxTimeMS", new BsonInt32(0)).longValue() > 0;
    }

    synchronized void clear() {
        timesOut = false;
        all.clear();
    }

    /** Whether each has struck as often as it was to. */
    synchronized boolean areSpent() {
        return all.stream().allMatch(it -> it.struck >= it.point.times());
    }

    /** The fault that strikes this command; null if none does. */
    synchronized @Nullable FailPoint hit(Command command, String appName) {
        for (Armed armed : all) {
            FailPoint point = armed.point;
            boolean meant = point.commands().contains(command.name())
                    && (point.appName() == null || point.appName().equals(appName))
                    && armed.struck < point.times();
            if (meant && armed.passed++ >= point.skip()) {
                armed.struck++;
                return point;
            }
        }
        return null;
    }
}
