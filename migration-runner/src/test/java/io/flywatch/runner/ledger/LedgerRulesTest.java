package io.flywatch.runner.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.step.Change;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.Pacing;
import io.flywatch.runner.step.Update;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class LedgerRulesTest {
    private final ChangeSet first = changeSet("1", "{$inc: {n: 1}}");
    private final ChangeSet second = changeSet("2", "{$inc: {m: 1}}");

    @Test
    void appliesWhatTheLedgerLacks() {
        LedgerRules.Decision decision =
                LedgerRules.decide(List.of(first, second), List.of(applied("1", first.checksum())));

        assertThat(decision).isEqualTo(new LedgerRules.Decision.Apply(List.of(second)));
    }

    @Test
    void namesAnAppliedChangeSetThatWasEdited() {
        LedgerRules.Decision decision =
                LedgerRules.decide(List.of(first, second), List.of(applied("1", second.checksum())));

        assertThat(why(decision)).contains("Change set 1 was edited");
    }

    @Test
    void namesAChangeSetThatComesTooLate() {
        LedgerRules.Decision decision =
                LedgerRules.decide(List.of(first, second), List.of(applied("2", second.checksum())));

        assertThat(why(decision)).contains("Change set 1 is not applied, but the later 2 is");
    }

    @Test
    void letsAFailedStepBeCorrectedUnlessItChangedDocuments() {
        Entry begun = begun(Map.of(1, first.steps().getFirst().checksum()));
        Entry edited = begun(Map.of(2, "other"));

        assertThat(LedgerRules.decide(List.of(first), List.of(begun)))
                .isEqualTo(new LedgerRules.Decision.Apply(List.of(first)));
        assertThat(why(LedgerRules.decide(List.of(first), List.of(edited)))).contains("Step 2 of change set 1");
    }

    @Test
    void refusesToApplyOnTopOfAHalfRollback() {
        Entry half =
                new Entry(new Version("1"), Entry.State.ROLLING_BACK, first.checksum(), "r1", true, Map.of(), Set.of());

        assertThat(why(LedgerRules.decide(List.of(first), List.of(half)))).contains("rolled back in part");
    }

    @Test
    void appliesAgainWhatWasRolledBack() {
        Entry undone = new Entry(new Version("1"), Entry.State.ROLLED_BACK, "other", "r1", false, Map.of(), Set.of());

        assertThat(LedgerRules.decide(List.of(first), List.of(undone)))
                .isEqualTo(new LedgerRules.Decision.Apply(List.of(first)));
    }

    @Test
    void changesTheChecksumWithTheContentAlone() {
        ChangeSet described = new ChangeSet(new Version("1"), "in other words", first.steps(), Map.of());
        Update step = (Update) first.steps().getLast();
        ChangeSet paced = new ChangeSet(
                new Version("1"),
                "",
                List.of(
                        first.steps().getFirst(),
                        new Update(
                                "renamed",
                                step.collection(),
                                step.filter(),
                                step.change(),
                                new Pacing(7, 2, null, null))),
                Map.of(1, List.of()));

        assertThat(described.checksum()).isEqualTo(first.checksum());
        assertThat(paced.checksum()).isEqualTo(first.checksum());
        assertThat(changeSet("1", "{$inc: {n: {$numberLong: '1'}}}").checksum()).isNotEqualTo(first.checksum());
    }

    @Test
    void ordersVersionsByNumber() {
        assertThat(new Version("1.10")).isGreaterThan(new Version("1.9"));
        assertThat(new Version("1.0")).isEqualTo(new Version("1")).hasSameHashCodeAs(new Version("1"));
        assertThat(Version.isValid("1.x")).isFalse();
    }

    private static String why(LedgerRules.Decision decision) {
        return ((LedgerRules.Decision.Refuse) decision).why();
    }

    private static Entry applied(String version, String checksum) {
        return new Entry(new Version(version), Entry.State.APPLIED, checksum, "r1", true, Map.of(), Set.of());
    }

    private static Entry begun(Map<Integer, String> begun) {
        return new Entry(new Version("1"), Entry.State.APPLYING, "other", "r1", false, begun, begun.keySet());
    }

    private static ChangeSet changeSet(String version, String update) {
        return new ChangeSet(
                new Version(version),
                "",
                List.of(
                        new CreateCollection("create", "c", new BsonDocument()),
                        new Update(
                                "update",
                                "c",
                                new BsonDocument(),
                                new Change.Operators(BsonDocument.parse(update)),
                                Pacing.DEFAULT)),
                Map.of());
    }
}
