package io.flywatch.cdc.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a look came to: which suspects differ, which are equal, and which are to be looked at again. */
final class Judged {

    /** Where one look is no proof, so many in a row are taken for one. */
    private static final int LOOKS_FOR_PROOF = 3;

    /** A row that differs again after so many repairs is reported: something else writes it. */
    private static final int REPAIRS = 3;

    private final Limits limits;
    private final Set<RowKey> told;
    private final Look.Seen seen;
    private final List<Suspect> still = new ArrayList<>();
    private final List<Proof> proofs = new ArrayList<>();
    private int unsettled;
    private int mended;

    /** A suspect that differs. */
    private record Proof(Suspect suspect, Mismatch mismatch) {}

    /**
     * Nothing yet.
     *
     * @param told keys that have been counted; those that are counted here are added
     */
    Judged(Limits limits, Set<RowKey> told, Look.Seen seen) {
        this.limits = limits;
        this.told = told;
        this.seen = seen;
    }

    void add(Suspect suspect) {
        switch (seen.of(suspect.key())) {
            case Recheck.Equal equal -> mended += suspect.repairs() > 0 ? 1 : 0;
            case Recheck.Unproved unproved -> giveUp(suspect);
            case Recheck.Differs differs -> proofs.add(new Proof(suspect, differs.mismatch()));
            case Recheck.Likely likely
            when suspect.confirmed() + 1 >= LOOKS_FOR_PROOF -> proofs.add(new Proof(suspect, likely.mismatch()));
            case Recheck.Likely likely -> still.add(suspect.likely());
            case Recheck.Changing changing when suspect.looks() + 1 >= limits.looks() -> giveUp(suspect);
            case Recheck.Changing changing -> still.add(suspect.changing());
        }
    }

    private void giveUp(Suspect suspect) {
        unsettled += told.add(suspect.key()) ? 1 : 0;
    }

    /** Keys whose rows differ, and may be repaired once more. */
    List<RowKey> repairable() {
        return proofs.stream()
                .map(Proof::suspect)
                .filter(suspect -> suspect.repairs() < REPAIRS)
                .map(Suspect::key)
                .toList();
    }

    /** What differs, was not repaired, and is told for the first time. */
    List<Mismatch> proved(Set<RowKey> repaired) {
        return proofs.stream()
                .map(Proof::mismatch)
                .filter(mismatch -> !repaired.contains(mismatch.key()) && told.add(mismatch.key()))
                .toList();
    }

    /** What is to be looked at again. */
    List<Suspect> open(Set<RowKey> repaired) {
        List<Suspect> open = new ArrayList<>(still);
        proofs.stream()
                .map(Proof::suspect)
                .filter(suspect -> repaired.contains(suspect.key()))
                .map(Suspect::repaired)
                .forEach(open::add);
        return open;
    }

    int unsettled() {
        return unsettled;
    }

    /** Rows that are equal since they were repaired. */
    int mended() {
        return mended;
    }
}
