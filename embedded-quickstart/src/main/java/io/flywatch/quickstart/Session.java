package io.flywatch.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.progress.RunFailed;
import io.flywatch.quickstart.boot.Port;
import io.flywatch.quickstart.boot.Ports;
import io.flywatch.quickstart.boot.Service;
import io.flywatch.quickstart.check.Check;
import io.flywatch.quickstart.check.CheckedRun;
import io.flywatch.quickstart.check.Cutover;
import io.flywatch.quickstart.events.EventReader;
import io.flywatch.quickstart.load.Workload;
import io.flywatch.quickstart.process.Child;
import io.flywatch.quickstart.process.Frozen;
import io.flywatch.quickstart.runner.RunnerClient;
import io.flywatch.quickstart.screen.Board;
import io.flywatch.quickstart.screen.Terminal;
import io.flywatch.quickstart.trouble.Troubles;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From the first part that is started to the end: moves the data, shows it, breaks what is to be broken, and checks. */
final class Session {

    private static final Duration PREPARATION_LIMIT = Duration.ofMinutes(2);
    private static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration QUIET_BEFORE_TROUBLE = Duration.ofSeconds(8);

    private final Options options;
    private final Terminal terminal;
    private final Closing closing;
    private final ObjectMapper json;
    private final AtomicReference<@Nullable Workload> workload = new AtomicReference<>();

    Session(Options options, Terminal terminal, Closing closing, ObjectMapper json) {
        this.options = options;
        this.terminal = terminal;
        this.closing = closing;
        this.json = json;
    }

    int run(Assembly assembly, RunFolder folder, Consumer<Child> onUnexpectedEnd) throws Exception {
        terminal.heading("Flywatch quickstart");
        Rig rig = assembly.start(json, onUnexpectedEnd);
        Plan plan = rig.plan();
        RunnerClient runner = new RunnerClient(rig.ports().url(Port.RUNNER), json);
        Board board = new Board(plan.migration(), rig.route(), this::changes);
        Newsroom newsroom = new Newsroom(terminal, board, plan.migration());
        TroubleSet trouble = TroubleSet.of(rig, options.rate > 0, json, terminal, board);
        closing.add(trouble.troubles());
        rig.inbox().offerTrouble(name -> ordered(trouble.troubles(), name));
        closing.add(EventReader.start("127.0.0.1:" + rig.ports().number(Port.KAFKA), json, newsroom));
        folder.announce(rig.inbox().url());
        terminal.say("");
        terminal.show(board);
        URI run = start(runner, plan);
        awaitSnapshot(board, newsroom);
        if (!options.check) {
            board.hints(hints(rig, run, options.breakHint()));
        }
        if (options.trouble != null && !options.check) {
            Thread.sleep(QUIET_BEFORE_TROUBLE);
            trouble.troubles().inject(options.trouble);
        }
        if (!options.check) {
            Thread.currentThread().join();
        }
        return check(rig, board, newsroom, trouble, runner, run) ? 0 : 1;
    }

    private boolean check(Rig rig, Board board, Newsroom newsroom, TroubleSet trouble, RunnerClient runner, URI run)
            throws Exception {
        CheckedRun checked = new CheckedRun(
                rig.plan().migration(),
                rig.plan().source(),
                rig.plan().tables(),
                rig.target().database(),
                rig.inbox().letters(),
                rig.ports().url(Port.PROCESSOR),
                "127.0.0.1:" + rig.ports().number(Port.KAFKA));
        Check.Session asked = new Check.Session() {
            @Override
            public Optional<String> stopWorkload() {
                return Session.this.stopWorkload();
            }

            @Override
            public long changes() {
                return Session.this.changes();
            }

            @Override
            public Optional<PipelineDeclared> pipeline() {
                return newsroom.pipeline();
            }

            @Override
            public Frozen freezeTheWatcher() {
                return rig.services().freeze(Service.ANOMALIES);
            }

            @Override
            public void finish() throws InterruptedException {
                runner.finish(run);
                runner.awaitSuccess(run, PREPARATION_LIMIT);
            }
        };
        String toBreak = options.trouble == null ? trouble.byDefault() : options.trouble;
        Cutover cutover = new Cutover(
                run,
                checked.migration(),
                checked.processor(),
                json,
                // How much of its log a foreign source keeps is its owner's business.
                options.sourceUrl == null ? Set.of() : Set.of("headroom"));
        return new Check(checked, cutover, terminal, board, newsroom.books(), trouble, json).judge(toBreak, asked);
    }

    private URI start(RunnerClient runner, Plan plan) throws InterruptedException, SQLException {
        if (plan.first().isPresent()) {
            runner.awaitSuccess(runner.start(plan.first().get()), PREPARATION_LIMIT);
        }
        if (plan.trade().isPresent() && options.rate > 0) {
            workload.set(closing.add(
                    Workload.start(plan.source().connect(), plan.trade().get(), options.rate)));
        }
        return runner.start(plan.migration());
    }

    private long changes() {
        Workload current = workload.get();
        return current == null ? 0 : current.changes();
    }

    private Optional<String> stopWorkload() {
        Workload current = workload.get();
        if (current == null) {
            return Optional.empty();
        }
        current.close();
        return current.failure();
    }

    private static void awaitSnapshot(Board board, Newsroom newsroom) throws InterruptedException {
        long rows = -1;
        long movedAt = System.nanoTime();
        while (!board.isSnapshotComplete()) {
            Optional<RunFailed> failed = newsroom.failure();
            if (failed.isPresent()) {
                throw new Refusal("The migration failed: " + failed.get().message());
            }
            long now = board.progress().map(sample -> sample.rowsDone()).orElse(0L);
            if (now != rows) {
                rows = now;
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > WITHOUT_PROGRESS.toNanos()) {
                throw new Refusal("No row has moved for " + WITHOUT_PROGRESS.toMinutes() + " minutes: "
                        + board.progress().map(sample -> sample.activity()).orElse("the runner says nothing"));
            }
            Thread.sleep(LOOK);
        }
    }

    private static String ordered(Troubles troubles, String name) {
        troubles.inject(name);
        return "Breaking now: " + name + ". Watch the quickstart's terminal and its inbox.";
    }

    private static List<String> hints(Rig rig, URI run, String breakIt) {
        Ports ports = rig.ports();
        return List.of(
                "The snapshot is complete; changes stream until you press Ctrl-C. Look around:",
                "  the run        " + run,
                "  watch it       the same with /watch after it, by curl -N -H 'Accept: text/plain'",
                "  the gate       " + ports.url(Port.RUNNER) + "/api/v1/migrations/"
                        + rig.plan().migration() + "/gate",
                "  metrics        " + ports.url(Service.PROCESSOR.port()) + "/q/metrics, and at "
                        + ports.number(Port.RUNNER) + ", " + ports.number(Port.ANOMALIES) + ", "
                        + ports.number(Port.ALERTS),
                "  REST           " + ports.url(Port.RUNNER) + "/q/swagger-ui",
                "  inbox          " + rig.inbox().url(),
                "  break it       " + breakIt + "   (or error-burst, stop-connector)");
    }
}
