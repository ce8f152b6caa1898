package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.CdcConfig;
import io.flywatch.cdc.LagSampler;
import io.flywatch.cdc.VerificationStore.Kept;
import io.flywatch.cdc.VerificationStore.Wish;
import io.flywatch.cdc.Verifications.Ordered;
import io.flywatch.cdc.verify.Order;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/** Reads orders of verifications, and says what is wrong with them. */
@Singleton
final class VerificationRequests {
    private static final int MOST_ROWS = 50_000;

    private final CdcConfig.VerificationConfig config;
    private final LagSampler sampler;

    VerificationRequests(CdcConfig config, LagSampler sampler) {
        this.config = config.verification();
        this.sampler = sampler;
    }

    Order order(VerificationRequest request) {
        int chunk = request.chunkSize() == null ? config.chunkRows() : request.chunkSize();
        if (chunk < 1 || chunk > MOST_ROWS) {
            throw new ProblemException(
                    bad("chunkSize is " + chunk + ".", "Give it between 1 and " + MOST_ROWS + ", or leave it out."));
        }
        Integer rate = request.maxRowsPerSecond() == null
                ? config.maxRowsPerSecond().orElse(null)
                : request.maxRowsPerSecond();
        if (rate != null && rate < 1) {
            throw new ProblemException(
                    bad("maxRowsPerSecond is " + rate + ".", "Give it 1 or more, or leave it out for no limit."));
        }
        double sample = request.sample() == null ? 1 : request.sample();
        if (!(sample > 0 && sample <= 1)) {
            throw new ProblemException(
                    bad("sample is " + sample + ".", "Give it above 0 and up to 1, or leave it out for all rows."));
        }
        List<String> tables = request.tables() == null ? List.of() : request.tables();
        return new Order(tables, chunk, rate, sample, request.changedSince(), null);
    }

    VerificationView view(String pipeline, Ordered ordered) {
        return switch (ordered) {
            case Ordered.Accepted accepted -> VerificationView.of(new Kept(accepted.verification(), Wish.RUN, false));
            case Ordered.Known known -> VerificationView.of(known.kept());
            case Ordered.NoPipeline none -> throw new ProblemException(noPipeline(pipeline));
            case Ordered.NoTables none ->
                throw new ProblemException(bad(
                        "The pipeline has no tables " + String.join(", ", none.unknown()) + ".",
                        "Choose of " + String.join(", ", none.known()) + ", or leave tables out for all of them."));
            case Ordered.Impossible impossible ->
                throw new ProblemException(
                        Problem.of(
                                422,
                                "Can't be verified",
                                impossible.reason(),
                                "PostgreSQL, MySQL and MariaDB sources are verified, at PostgreSQL, MySQL, MariaDB and MongoDB targets."));
        };
    }

    VerificationView repair(String pipeline, Ordered ordered) {
        if (ordered instanceof Ordered.NoTables none) {
            throw new ProblemException(Problem.of(
                    409,
                    "Nothing to repair",
                    none.known().isEmpty()
                            ? "The verification found no mismatch."
                            : "It found no mismatch in " + String.join(", ", none.unknown()) + ".",
                    none.known().isEmpty()
                            ? "Verify again if you expect one."
                            : "It did in " + String.join(", ", none.known()) + "; leave tables out for all of them."));
        }
        return view(pipeline, ordered);
    }

    Problem notOver(Kept kept) {
        return Problem.of(
                409,
                "Verification is not over",
                "It is " + kept.verification().stage() + ": "
                        + kept.verification().reason() + ".",
                "Wait for its end, or cancel it and repair what it has found until then.");
    }

    static Problem bad(String detail, String remedy) {
        return Problem.of(400, "Bad order", detail, remedy);
    }

    Problem noPipeline(String id) {
        String known = sampler.statuses().stream()
                .map(status -> status.declared().migrationId())
                .collect(Collectors.joining(", "));
        return Problem.of(
                404,
                "Unknown pipeline",
                "There is no pipeline '" + id + "'. "
                        + (known.isEmpty() ? "None is declared." : "Declared are: " + known + "."),
                "Start a run of the replication migration at the runner: it declares the pipeline.");
    }

    static Problem unknown(String pipeline, String id) {
        return Problem.of(
                404,
                "Unknown verification",
                "The pipeline '" + pipeline + "' has no verification '" + id + "'.",
                "GET /api/v1/pipelines/" + pipeline + "/verifications lists them.");
    }

    Problem over(Kept kept) {
        return Problem.of(
                409,
                "Verification is over",
                "It is " + kept.verification().stage() + ": "
                        + kept.verification().reason() + ".",
                "Order a new one.");
    }
}
