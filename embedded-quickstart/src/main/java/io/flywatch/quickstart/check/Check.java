package io.flywatch.quickstart.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.quickstart.TroubleSet;
import io.flywatch.quickstart.compare.TableComparison;
import io.flywatch.quickstart.compare.TableVerdict;
import io.flywatch.quickstart.process.Frozen;
import io.flywatch.quickstart.screen.Board;
import io.flywatch.quickstart.screen.Figures;
import io.flywatch.quickstart.screen.Terminal;
import io.flywatch.quickstart.screen.Tone;
import io.flywatch.quickstart.source.Table;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/** Breaks something, waits until all is well again, and judges. */
public final class Check {

    private static final Duration STREAMED_BEFORE = Duration.ofSeconds(20);
    private static final long FEW_WAIT = 500;
    private static final Duration SETTLED_LIMIT = Duration.ofSeconds(60);
    private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(5);
    private static final Duration UNWATCHED_LIMIT = Duration.ofSeconds(90);
    private static final String UNWATCHED = "anomalies: the anomaly-service has judged nothing of the run for";
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration CLOCKS = Duration.ofMillis(500);

    private final CheckedRun run;
    private final Terminal terminal;
    private final Board board;
    private final Books books;
    private final TroubleSet trouble;
    private final ObjectMapper json;
    private final Cutover cutover;
    private final Report report;

    /** What the check asks of the session. */
    public interface Session {
        /** Stops the changes at the source; answers why they had stopped before, if they had. */
        Optional<String> stopWorkload();

        /** How many changes were made. */
        long changes();

        /** The pipeline as the runner declared it. */
        Optional<PipelineDeclared> pipeline();

        /** Lets the service that looks for anomalies stand still. */
        Frozen freezeTheWatcher();

        /** Declares the run done. */
        void finish() throws InterruptedException;
    }

    /** Judges a run whose snapshot is complete. */
    public Check(
            CheckedRun run,
            Cutover cutover,
            Terminal terminal,
            Board board,
            Books books,
            TroubleSet trouble,
            ObjectMapper json) {
        this.run = run;
        this.cutover = cutover;
        this.terminal = terminal;
        this.board = board;
        this.books = books;
        this.trouble = trouble;
        this.json = json;
        this.report = new Report(terminal);
    }

    /** Whether all is right. */
    public boolean judge(String toBreak, Session session) throws Exception {
        await(
                SETTLED_LIMIT,
                () -> board.openAnomalies().isEmpty()
                        && board.lag()
                                .filter(sample -> sample.backlog() < FEW_WAIT)
                                .isPresent());
        books.undisturbed(true);
        Thread.sleep(STREAMED_BEFORE);
        books.undisturbed(false);
        new Notices(run.letters(), board, trouble, report).breakAndAwait(toBreak);
        new Standstill(cutover, board, books, session::changes, report).pauseAndResume();
        session.stopWorkload().ifPresent(why -> report.wrong("the workload stopped by itself: " + why));
        terminal.news(Tone.PLAIN, "the workload has stopped; waiting for the last change to arrive");
        boolean caughtUp = awaitCaughtUp();
        terminal.news(Tone.PLAIN, "comparing source and target");
        List<TableVerdict> verdicts = caughtUp ? compare(session) : List.of();
        deadLetters();
        if (caughtUp) {
            cutOver(session);
        }
        long changes = session.changes();
        JsonNode lag = lag();
        terminal.hide();
        if (caughtUp) {
            finish(session);
        }
        report.tables(verdicts, books);
        figures(lag, changes);
        return report.conclude();
    }

    private boolean awaitCaughtUp() throws InterruptedException {
        Instant stopped = Instant.now().plus(CLOCKS);
        boolean caughtUp = await(
                CATCH_UP_LIMIT,
                () -> board.lag().filter(sample -> hasPassed(sample, stopped)).isPresent());
        if (caughtUp) {
            report.right("caught up: a heartbeat written after the last change has arrived, and nothing waits");
        } else {
            report.wrong("not caught up after " + CATCH_UP_LIMIT.toMinutes() + " minutes: "
                    + board.lag()
                            .map(sample -> "backlog " + sample.backlog() + ", staleness "
                                    + Figures.seconds(sample.stalenessSeconds()) + ", " + sample.reason())
                            .orElse("nothing was measured"));
        }
        return caughtUp;
    }

    // Everything up to a time after the stop has been applied.
    private static boolean hasPassed(LagSample sample, Instant stopped) {
        Double staleness = sample.stalenessSeconds();
        return staleness != null
                && sample.backlog() == 0
                && sample.at().minusMillis(Math.round(staleness * 1000)).isAfter(stopped);
    }

    private List<TableVerdict> compare(Session session) throws SQLException {
        List<TableVerdict> verdicts = new ArrayList<>();
        PipelineDeclared pipeline =
                session.pipeline().orElseThrow(() -> new IllegalStateException("The pipeline was never declared."));
        var routes = pipeline.tables().stream()
                .collect(Collectors.toMap(PipelineDeclared.TableRoute::source, PipelineDeclared.TableRoute::target));
        try (Connection source = run.source().connect()) {
            source.setAutoCommit(false);
            source.setReadOnly(true);
            for (Table table : run.tables()) {
                String collection = routes.get(table.id());
                if (collection == null) {
                    report.wrong(table.id() + " has a primary key and was not moved");
                    continue;
                }
                verdicts.add(
                        TableComparison.of(table, source, run.target().getCollection(collection, BsonDocument.class)));
            }
        }
        if (verdicts.stream().allMatch(TableVerdict::equal)) {
            report.right("source and target are equal: " + Figures.count(rows(verdicts)) + " rows in " + verdicts.size()
                    + " tables, every column");
        }
        return verdicts;
    }

    private static long rows(List<TableVerdict> verdicts) {
        return verdicts.stream().mapToLong(TableVerdict::rows).sum();
    }

    private void deadLetters() {
        Set<String> injected = trouble.injectedKeys();
        List<String> found = DeadLetters.keys(run.bootstrapServers());
        List<String> foreign =
                found.stream().filter(key -> !injected.contains(key)).toList();
        if (!foreign.isEmpty()) {
            report.wrong(foreign.size() + " changes that nobody broke are in the dead letters, the first with the key "
                    + foreign.getFirst());
        } else if (!found.containsAll(injected)) {
            report.wrong("of " + injected.size() + " broken records only "
                    + Set.copyOf(found).size() + " are in the dead letters");
        } else {
            report.right("dead letters hold "
                    + (injected.isEmpty() ? "nothing" : "the " + injected.size() + " broken records")
                    + ", as they should");
        }
    }

    /** Records that were broken on purpose wait in the dead letters, and rightly keep the gate closed. */
    private void cutOver(Session session) throws InterruptedException {
        String verified;
        try (Frozen watcher = session.freezeTheWatcher()) {
            cutover.fence();
            terminal.news(Tone.PLAIN, "the fence is set; verifying by the processor, as before a cutover");
            verified = cutover.verify();
            noticeThatNobodyWatches();
        }
        Set<String> without = trouble.injectedKeys().isEmpty() ? Set.of() : Set.of("dead-letters");
        Cutover.Gate gate = cutover.await(without);
        if (gate.open()) {
            report.right("verified (" + verified + "), fenced, and the gate is open: cut over");
        } else {
            report.wrong("the gate is closed after a verification (" + verified + ") and a fence: "
                    + String.join("; ", gate.reasons()));
        }
    }

    /** No anomaly is heard of while the anomaly-service stands still: that must not open the gate. */
    private void noticeThatNobodyWatches() throws InterruptedException {
        boolean closed =
                await(UNWATCHED_LIMIT, () -> cutover.look().reasons().stream().anyMatch(it -> it.contains(UNWATCHED)));
        if (closed) {
            report.right("the gate was closed while the anomaly-service stood still");
        } else {
            report.wrong("the gate did not notice within " + UNWATCHED_LIMIT.toSeconds()
                    + " s that the anomaly-service stands still: "
                    + String.join("; ", cutover.look().reasons()));
        }
    }

    private void finish(Session session) {
        try {
            session.finish();
            report.right("the run was finished, and its connector, slot and publication are gone");
        } catch (RuntimeException e) {
            report.wrong("the run could not be finished: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void figures(JsonNode lag, long changes) {
        long rows =
                run.tables().stream().mapToLong(table -> books.rows(table.id())).sum();
        double seconds = Math.max(0.001, books.snapshotTook().toMillis() / 1000.0);
        terminal.heading("Figures");
        terminal.say("  snapshot   %s rows in %.1f s, %s rows a second"
                .formatted(Figures.count(rows), seconds, Figures.count(Math.round(rows / seconds))));
        terminal.say("  changes    %s made at the source while it was moved".formatted(Figures.count(changes)));
        terminal.say("  lag        median %s, 99th percentile %s, end to end, while nothing was broken"
                .formatted(Report.lag(books.lag(0.5)), Report.lag(books.lag(0.99))));
        terminal.say(
                "             median %s, 99th percentile %s, of every change, those that waited for the snapshot or the"
                                .formatted(percentile(lag, "p50Seconds"), percentile(lag, "p99Seconds"))
                        + " trouble included");
    }

    private static String percentile(JsonNode lag, String name) {
        JsonNode value = lag.path("lag").path(name);
        return Figures.seconds(value.isNumber() ? value.asDouble() : null);
    }

    private JsonNode lag() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create(run.processor() + "/api/v1/pipelines/" + run.migration() + "/lag");
            return json.readTree(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            return json.createObjectNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return json.createObjectNode();
        }
    }

    static boolean await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }
}
