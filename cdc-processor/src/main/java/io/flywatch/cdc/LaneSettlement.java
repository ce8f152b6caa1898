package io.flywatch.cdc;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Inbound;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Parking;
import io.flywatch.cdc.apply.Settling;
import io.flywatch.cdc.apply.Sorter;
import io.flywatch.cdc.letter.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A key's dead letters that are to be settled by the partition's own writer, between two batches, so that nothing of the key is
 * written at the same time.
 */
final class LaneSettlement implements LaneErrand {
    private final String key;
    private final List<Long> offsets;
    private final List<Inbound> letters;
    private final Settled.How how;
    private final CompletableFuture<Result> result = new CompletableFuture<>();

    /**
     * A settlement.
     *
     * @param offsets of all of the key's open records, in order
     * @param letters the first of them, as many as fit into memory
     */
    LaneSettlement(String key, List<Long> offsets, List<Inbound> letters, Settled.How how) {
        this.key = key;
        this.offsets = List.copyOf(offsets);
        this.letters = List.copyOf(letters);
        this.how = how;
    }

    /** What became of it. */
    sealed interface Result {

        /** Records are settled, and the rest waits. */
        record Done(long through, int settled, int left) implements Result {}

        /** They had been settled before, which was not noted. */
        record Before(long through) implements Result {}

        /** It can't be done, or not now. */
        record Refused(String reason, boolean later) implements Result {}
    }

    CompletableFuture<Result> result() {
        return result;
    }

    @Override
    public void refuse(String reason) {
        result.complete(new Result.Refused(reason, true));
    }

    @Override
    public Attempt attempt(Lane lane, LaneState.Running running) {
        Parking parking = running.parked().get(key);
        if (parking == null) {
            return over(new Result.Before(letters.getLast().offset()));
        }
        List<Long> open =
                offsets.stream().filter(offset -> offset >= parking.since()).toList();
        if (open.size() < parking.letters()) {
            return over(new Result.Refused(
                    "Of " + parking.letters() + " records that wait, " + open.size()
                            + " have been found in the dead letters so far.",
                    true));
        }
        Settling.Waiting waiting = new Settling.Waiting(key, open, items(lane, parking));
        if (waiting.items().isEmpty()) {
            return over(new Result.Before(letters.getLast().offset()));
        }
        Settling settling = how == Settled.How.REPLAYED
                ? Settling.replay(waiting, running.parked(), running.position())
                : Settling.discard(waiting, running.position());
        return switch (settling) {
            case Settling.Impossible impossible -> over(new Result.Refused(impossible.reason(), false));
            case Settling.Ready ready -> write(lane, running, ready);
        };
    }

    private Attempt over(Result end) {
        result.complete(end);
        return new Attempt.Over();
    }

    private List<Sorter.Item> items(Lane lane, Parking parking) {
        List<Sorter.Item> items = new ArrayList<>();
        for (Inbound letter : letters) {
            if (letter.offset() >= parking.since()) {
                items.add(new Sorter.Item(letter, lane.reading().decode(letter.raw())));
            }
        }
        return items;
    }

    private Attempt write(Lane lane, LaneState.Running running, Settling.Ready ready) {
        Batch batch = new Batch(
                lane.id(),
                running.epoch(),
                lane.route(),
                ready.folded(),
                running.position(),
                ready.after(),
                ready.released(),
                ready.parked());
        return switch (lane.pipeline().target().apply(batch)) {
            case Outcome.Applied applied -> {
                result.complete(new Result.Done(ready.through(), ready.settled(), ready.left()));
                yield new Attempt.Applied(batch);
            }
            case Outcome.Refused refused ->
                over(new Result.Refused(
                        "The target refuses it again: "
                                + String.join("; ", refused.reasons().values()),
                        false));
            case Outcome.Away away -> over(new Result.Refused("The target is away: " + away.reason(), true));
            case Outcome.TooMuch late ->
                over(new Result.Refused("The target is too slow for it: " + late.reason(), true));
            case Outcome.Fenced fenced -> {
                refuse(fenced.reason());
                yield new Attempt.Lost(fenced.reason());
            }
        };
    }
}
