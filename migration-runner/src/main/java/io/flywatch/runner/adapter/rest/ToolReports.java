package io.flywatch.runner.adapter.rest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.kit.problem.JsonFaults;
import io.flywatch.runner.adapter.orm.ExternalReports;
import io.flywatch.runner.adapter.orm.ExternalReports.End;
import io.flywatch.runner.external.Reception;
import io.flywatch.runner.external.Report;
import io.flywatch.runner.external.TableCount;
import io.flywatch.runner.run.Run;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Takes what tools tell. A body is read strictly, as a mistyped key would be silence, and whatever its content type, as {@code curl -d}
 * sends another.
 */
@Singleton
final class ToolReports {
    private final ExternalReports reports;
    private final ObjectReader reader;

    ToolReports(ExternalReports reports, ObjectMapper json) {
        this.reports = reports;
        this.reader = json.reader()
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * The body of a report.
     *
     * @param rows rows done since the run began, for a tool that does not tell tables apart
     * @param total how many there will be
     * @param tables the same by table
     */
    @Schema(name = "ToolReport")
    public record ReportBody(
            @Nullable Long rows,
            @Nullable Long total,
            @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<TableBody> tables,
            @Nullable Long errors,
            @Nullable String activity,
            boolean restarted) {}

    /** How far the tool is with one table: counts since the run began. */
    @Schema(name = "ToolTable")
    public record TableBody(
            @Nullable String table,
            @Nullable Long rows,
            @Nullable Long total) {}

    /**
     * The body of the end.
     *
     * @param outcome {@code succeeded} or {@code failed}
     */
    @Schema(name = "ToolEnd")
    public record EndBody(
            @Nullable String outcome, @Nullable String message) {}

    /** Takes a report. */
    void report(Run run, String body) {
        requireExternal(run);
        Report report = report(read(body, ReportBody.class));
        report.flaw().ifPresent(why -> {
            throw Problems.badReport(why);
        });
        Optional<Reception> reception = reports.report(run.id(), report);
        if (reception.isEmpty()) {
            throw Problems.toolEnded(run);
        }
        if (reception.get() instanceof Reception.Refused refused) {
            throw Problems.contradiction(run, refused.why());
        }
    }

    private static Report report(ReportBody body) {
        List<TableCount> tables = new ArrayList<>();
        if (body.rows() != null) {
            tables.add(new TableCount("rows", body.rows(), body.total()));
        } else if (body.total() != null) {
            throw Problems.badReport("There is a 'total' without 'rows'.");
        }
        for (TableBody it : body.tables() == null ? List.<TableBody>of() : body.tables()) {
            if (it.table() == null || it.rows() == null) {
                throw Problems.badReport("A table lacks its 'table' or its 'rows'.");
            }
            tables.add(new TableCount(it.table(), it.rows(), it.total()));
        }
        return new Report(tables, body.errors(), body.activity(), body.restarted());
    }

    /** Takes the end. */
    void end(Run run, String body) {
        EndBody end = read(body, EndBody.class);
        String outcome = String.valueOf(end.outcome());
        if (!outcome.equals("succeeded") && !outcome.equals("failed")) {
            throw Problems.badReport("'outcome' is " + end.outcome() + ", and has to be succeeded or failed.");
        }
        String message = end.message() == null ? "" : end.message();
        if (!reports.end(run.id(), End.valueOf(outcome.toUpperCase(Locale.ROOT)), message)) {
            throw Problems.toolEnded(run);
        }
    }

    private static void requireExternal(Run run) {
        if (run.kind() != MigrationKind.EXTERNAL) {
            throw Problems.noTool(run);
        }
    }

    private <T> T read(String body, Class<T> type) {
        try {
            T value = body.isBlank() ? null : reader.forType(type).readValue(body);
            if (value == null) {
                throw Problems.badReport("The body is empty.");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw Problems.badReport("The body is not understood: " + JsonFaults.told(e) + ".");
        }
    }
}
