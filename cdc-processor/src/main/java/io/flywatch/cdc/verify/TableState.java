package io.flywatch.cdc.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a table is: all that is needed to go on after a kill.
 *
 * @param source {@code schema.table} at the source
 * @param target its collection or table at the target
 * @param after the last key that was compared, in phase {@link Phase#ROWS}
 * @param place where the keys that were looked up were left
 * @param expected how many rows there are, as the source's statistics have it
 * @param suspects rows that still have to be looked at again
 * @param notes what a person should know of it
 */
public record TableState(
        String source,
        String target,
        Phase phase,
        @Nullable RowKey after,
        @Nullable String place,
        @Nullable Long expected,
        Tally tally,
        List<Suspect> suspects,
        List<String> notes) {
    public TableState {
        suspects = List.copyOf(suspects);
        notes = List.copyOf(notes);
    }

    /** Before the beginning. */
    public static TableState of(String source, String target) {
        return new TableState(source, target, Phase.WAITING, null, null, null, Tally.NONE, List.of(), List.of());
    }

    /** It begins. */
    public TableState begun(@Nullable Long rows, List<String> remarks) {
        return new TableState(source, target, Phase.ROWS, null, null, rows, tally, suspects, remarks);
    }

    /** Nothing of it has changed, so there is nothing to compare. */
    public TableState unchanged() {
        return in(Phase.DONE);
    }

    TableState compared(@Nullable RowKey upTo, Tally now, List<Suspect> open) {
        return new TableState(source, target, phase, upTo, place, expected, now, open, notes);
    }

    TableState lookedUp(@Nullable String reached, List<Suspect> open) {
        return new TableState(source, target, phase, after, reached, expected, tally, open, notes);
    }

    TableState fed(@Nullable String reached, Tally now, List<Suspect> open) {
        return new TableState(source, target, phase, after, reached, expected, now, open, notes);
    }

    TableState settled(Tally now, List<Suspect> open) {
        return new TableState(source, target, phase, after, place, expected, now, open, notes);
    }

    TableState in(Phase next) {
        return new TableState(source, target, next, null, null, expected, tally, suspects, notes);
    }

    TableState noted(String note) {
        List<String> all = new java.util.ArrayList<>(notes);
        all.add(note);
        return new TableState(source, target, phase, after, place, expected, tally, suspects, all);
    }

    /** Noted once, whatever the reason was at other times. */
    TableState unproved(String why) {
        String note =
                "rows that look different are unsettled, as it could not be proved that their changes had arrived: ";
        return notes.stream().anyMatch(one -> one.startsWith(note)) ? this : noted(note + why);
    }

    /** Whether nothing is left to do. */
    public boolean isDone() {
        return phase == Phase.DONE;
    }
}
