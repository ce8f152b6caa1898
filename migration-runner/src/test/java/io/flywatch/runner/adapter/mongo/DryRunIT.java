package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.DryRun;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DryRunIT {
    private final Bench bench = new Bench(place());

    /** Where it runs. */
    Place place() {
        return Place.usual();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void saysWhatWouldBeDoneAndChangesNothing() {
        bench.collection("things").insertMany(List.of(BsonDocument.parse("{n: 1}"), BsonDocument.parse("{n: 2}")));
        String first = "- { version: 1, steps: [ { createCollection: { collection: things } } ] }\n";
        bench.run(bench.migration(first));
        MongoMigration migration = bench.migration(first + """
                - version: 2
                  steps:
                    - update: { collection: things, filter: { n: { $gt: 1 } }, update: { $set: { m: 1 } } }
                      rollback: [ ]
                    - delete: { collection: things, filter: { } }
                    - dropCollection: { collection: things }
                """);

        DryRun dryRun = bench.engine(Faults.NONE).dryRun(migration);

        assertThat(dryRun.refusals()).isEmpty();
        assertThat(dryRun.steps())
                .extracting(DryRun.Step::state)
                .containsExactly(DryRun.State.APPLIED, DryRun.State.OPEN, DryRun.State.OPEN, DryRun.State.OPEN);
        assertThat(dryRun.steps()).extracting(DryRun.Step::matches).containsExactly(null, 1L, 2L, null);
        assertThat(dryRun.steps().get(2).servedBy()).isEqualTo("_id_");
        assertThat(dryRun.steps().get(2).warnings()).contains("It can't be rolled back: the step says not how.");
        assertThat(dryRun.steps().get(3).would()).isEqualTo("drop the collection things with about 2 documents");
        assertThat(bench.collection("things").countDocuments()).isEqualTo(2);
        if (bench.abilities().transactions()) {
            assertThat(dryRun.steps().get(1).warnings()).anyMatch(it -> it.contains("all of things is scanned"));
        } else {
            assertThat(dryRun.remarks()).anyMatch(it -> it.contains("does not explain"));
        }
    }

    @Test
    void refusesAsTheRunWould() {
        String steps = "steps: [ { createCollection: { collection: %s } } ]";
        bench.run(bench.migration("- { version: 1, " + steps.formatted("a") + " }\n"));

        DryRun dryRun =
                bench.engine(Faults.NONE).dryRun(bench.migration("- { version: 1, " + steps.formatted("b") + " }\n"));

        assertThat(dryRun.refusals()).singleElement().asString().contains("Change set 1 was edited");
    }

    /** Answers of servers of several versions and kinds, shortened. */
    @Test
    void readsWhichIndexServesAFilterFromTheWinningPlanAlone() {
        List<String> warnings = new ArrayList<>();
        String classic = """
                {queryPlanner: {winningPlan: {stage: 'FETCH', inputStage: {stage: 'IXSCAN', indexName: 'n_1'}},
                 rejectedPlans: [{stage: 'COLLSCAN'}]}}""";
        String slotBased = """
                {queryPlanner: {winningPlan: {queryPlan: {stage: 'FETCH', inputStage: {stage: 'IXSCAN', indexName: 'm_1'}},
                 slotBasedPlan: {}}}}""";
        String sharded = """
                {queryPlanner: {winningPlan: {stage: 'SHARD_MERGE', shards: [{winningPlan: {stage: 'COLLSCAN'}}]}}}""";

        assertThat(Explanations.found("c", BsonDocument.parse(classic), warnings))
                .contains("n_1");
        assertThat(Explanations.found("c", BsonDocument.parse(slotBased), warnings))
                .contains("m_1");
        assertThat(Explanations.found(
                        "c", BsonDocument.parse("{queryPlanner: {winningPlan: {stage: 'IDHACK'}}}"), warnings))
                .contains("_id_");
        assertThat(warnings).isEmpty();
        assertThat(Explanations.found("c", BsonDocument.parse(sharded), warnings))
                .isEmpty();
        assertThat(warnings).singleElement().asString().contains("all of c is scanned");
    }
}
