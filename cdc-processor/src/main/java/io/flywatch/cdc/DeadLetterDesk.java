package io.flywatch.cdc;

import io.flywatch.cdc.apply.Inbound;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.letter.Letter;
import io.flywatch.cdc.letter.LetterBook;
import io.flywatch.cdc.letter.Settled;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Replays and discards dead letters, through the partition's own writer. */
@Singleton
public final class DeadLetterDesk {
    private static final Logger LOG = Logger.getLogger(DeadLetterDesk.class);
    private static final int SECONDS_TO_SETTLE = 60;
    private static final int MOST_AT_ONCE = 1_000;
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private final Pipelines pipelines;
    private final LetterBook book;
    private final LetterShelf shelf;

    DeadLetterDesk(Pipelines pipelines, LetterBook book, LetterShelf shelf) {
        this.pipelines = pipelines;
        this.book = book;
        this.shelf = shelf;
    }

    /** What became of a request. */
    public sealed interface Answer {

        /**
         * Records are settled.
         *
         * @param settled how many
         * @param left how many of the key still wait, because one of them still can't be applied
         */
        record Done(int settled, int left) implements Answer {}

        /**
         * Nothing changed.
         *
         * @param later whether the same request may be granted later
         */
        record Refused(String reason, boolean later) implements Answer {}
    }

    /** Applies the records of a letter's key after all, in their order. */
    public Answer replay(Letter letter, String by) {
        return settle(letter, Settled.How.REPLAYED, by);
    }

    /** Does without a letter, which has to be the first one of its key. */
    public Answer discard(Letter letter, String by) {
        List<Letter> all = all(letter);
        if (!all.isEmpty() && !all.getFirst().id().equals(letter.id())) {
            return new Answer.Refused(
                    "An earlier record of its key waits: " + all.getFirst().id().text() + ". Settle that first.",
                    false);
        }
        return settle(letter, Settled.How.DISCARDED, by);
    }

    private List<Letter> all(Letter letter) {
        return book.ofKey(letter.id().from(), letter.runId(), letter.key(), 0);
    }

    private Answer settle(Letter letter, Settled.How how, String by) {
        Optional<Lane> lane = pipelines.lane(letter.id().from());
        if (lane.isEmpty()) {
            return new Answer.Refused(
                    "This replica does not hold " + letter.id().from()
                            + ": ask the one that does, as GET /api/v1/pipelines/"
                            + letter.id().from().pipeline()
                            + "/lag tells, or again in a while.",
                    true);
        }
        int settled = 0;
        while (true) {
            List<Letter> open = all(letter);
            List<Letter> slice = slice(open);
            Optional<List<Raw>> records = shelf.read(slice);
            if (records.isEmpty() || slice.isEmpty()) {
                return new Answer.Refused("The dead letters can't be read now.", true);
            }
            List<Long> offsets = open.stream().map(each -> each.id().offset()).toList();
            LaneSettlement settlement = new LaneSettlement(letter.key(), offsets, inbound(slice, records.get()), how);
            lane.get().run(settlement);
            Answer answer = note(letter, how, by, await(settlement));
            if (!(answer instanceof Answer.Done done)) {
                return settled == 0 ? answer : new Answer.Done(settled, open.size());
            }
            settled += done.settled();
            boolean more = how == Settled.How.REPLAYED && done.settled() == slice.size() && done.left() > 0;
            if (!more) {
                return new Answer.Done(settled, done.left());
            }
        }
    }

    /** As many of them as fit into memory together. */
    private static List<Letter> slice(List<Letter> letters) {
        long bytes = 0;
        int count = 0;
        while (count < letters.size() && count < MOST_AT_ONCE && (count == 0 || bytes < MOST_BYTES)) {
            bytes += letters.get(count).bytes();
            count++;
        }
        return letters.subList(0, count);
    }

    private static List<Inbound> inbound(List<Letter> letters, List<Raw> records) {
        List<Inbound> inbound = new ArrayList<>();
        for (int i = 0; i < letters.size(); i++) {
            inbound.add(new Inbound(letters.get(i).id().offset(), records.get(i)));
        }
        return inbound;
    }

    private static LaneSettlement.Result await(LaneSettlement settlement) {
        try {
            return settlement.result().get(SECONDS_TO_SETTLE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LaneSettlement.Result.Refused("interrupted", true);
        } catch (ExecutionException | TimeoutException e) {
            return new LaneSettlement.Result.Refused("The partition's writer did not get to it in time.", true);
        }
    }

    private Answer note(Letter letter, Settled.How how, String by, LaneSettlement.Result result) {
        return switch (result) {
            case LaneSettlement.Result.Refused refused -> {
                LOG.infof(
                        "dead letter stays migrationId=%s letter=%s wanted=%s by=%s reason=%s",
                        letter.id().from().pipeline(), letter.id().text(), how, by, refused.reason());
                yield new Answer.Refused(refused.reason(), refused.later());
            }
            case LaneSettlement.Result.Before before -> {
                note(new Settled(letter.id().from(), letter.runId(), letter.key(), before.through(), how, by));
                yield new Answer.Done(0, 0);
            }
            case LaneSettlement.Result.Done done -> {
                note(new Settled(letter.id().from(), letter.runId(), letter.key(), done.through(), how, by));
                LOG.infof(
                        "dead letters settled migrationId=%s letter=%s how=%s records=%d left=%d by=%s",
                        letter.id().from().pipeline(), letter.id().text(), how, done.settled(), done.left(), by);
                yield new Answer.Done(done.settled(), done.left());
            }
        };
    }

    /** What can't be noted is listed as open for a while longer; settling it again finds that it was settled. */
    private void note(Settled settled) {
        Optional<String> trouble = shelf.note(settled);
        if (trouble.isEmpty()) {
            book.settle(settled);
        } else {
            LOG.warnf("settlement not noted partition=%s reason=%s", settled.from(), trouble.get());
        }
    }
}
