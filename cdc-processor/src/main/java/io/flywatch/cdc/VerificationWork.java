package io.flywatch.cdc;

import io.flywatch.cdc.Comparisons.Comparison;
import io.flywatch.cdc.Comparisons.Pair;
import io.flywatch.cdc.apply.Routes;
import io.flywatch.cdc.verify.AwayException;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.KeyFeed;
import io.flywatch.cdc.verify.Limits;
import io.flywatch.cdc.verify.Order;
import io.flywatch.cdc.verify.Pace;
import io.flywatch.cdc.verify.Phase;
import io.flywatch.cdc.verify.Stage;
import io.flywatch.cdc.verify.StoppedException;
import io.flywatch.cdc.verify.TableState;
import io.flywatch.cdc.verify.TableVerification;
import io.flywatch.cdc.verify.Verification;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One verification at work, on a thread of its own. */
final class VerificationWork {
    private static final Logger LOG = Logger.getLogger(VerificationWork.class);

    private static final int SUSPECTS = 1_000;
    private static final int LOOKS = 30;
    private static final Duration WHILE_BEHIND = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Pipeline pipeline;
    private final VerificationStore store;
    private final VerificationTools tools;
    private final VerificationLease lease;
    private final VerificationVoice voice;
    private final Clock clock = Clock.systemUTC();
    private final Thread thread;

    VerificationWork(
            Pipeline pipeline, VerificationStore store, VerificationStore.Claim claim, VerificationTools tools) {
        this.pipeline = pipeline;
        this.store = store;
        this.tools = tools;
        this.lease = new VerificationLease(store, claim, tools.config().lease(), clock);
        this.voice = new VerificationVoice(tools.publisher(), tools.meters(pipeline.id()), clock);
        this.thread = Thread.ofPlatform()
                .name("verification-" + pipeline.id())
                .daemon()
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isOver() {
        return !thread.isAlive();
    }

    /** This replica ends; another one goes on. */
    void halt() {
        lease.halt();
    }

    private void run() {
        Duration wait = Duration.ofSeconds(1);
        while (true) {
            try {
                attempt();
                return;
            } catch (StoppedException e) {
                stopped(String.valueOf(e.getMessage()));
                return;
            } catch (AwayException e) {
                LOG.warnf(
                        "verification waits migrationId=%s verification=%s reason=%s",
                        pipeline.id(), lease.latest().id(), e.getMessage());
                if (!waited(wait, String.valueOf(e.getMessage()))) {
                    return;
                }
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            } catch (ImpossibleException e) {
                end(lease.latest().ended(Stage.FAILED, String.valueOf(e.getMessage()), clock.instant()));
                return;
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "verification failed migrationId=%s verification=%s",
                        pipeline.id(),
                        lease.latest().id());
                end(lease.latest()
                        .ended(
                                Stage.FAILED,
                                "an unexpected " + e.getClass().getSimpleName() + ", see the log",
                                clock.instant()));
                return;
            }
        }
    }

    private boolean waited(Duration time, String why) {
        try {
            lease.keep(lease.latest().because(why));
            lease.rest(time);
            return true;
        } catch (StoppedException e) {
            stopped(String.valueOf(e.getMessage()));
            return false;
        } catch (AwayException still) {
            return !lease.isHalted();
        }
    }

    private void stopped(String why) {
        LOG.infof(
                "verification halts migrationId=%s verification=%s reason=%s",
                pipeline.id(), lease.latest().id(), why);
        try {
            if (lease.isHalted()) {
                lease.release();
            } else if (lease.wish() == VerificationStore.Wish.CANCEL) {
                end(lease.latest().ended(Stage.CANCELLED, "somebody cancelled it", clock.instant()));
            } else if (lease.wish() == VerificationStore.Wish.PAUSE) {
                lease.keepQuietly(lease.latest().paused());
            } else {
                lease.release();
            }
        } catch (AwayException | StoppedException e) {
            LOG.debugf("verification let go migrationId=%s reason=%s", pipeline.id(), e.getMessage());
        }
    }

    private void attempt() {
        if (lease.wish() != VerificationStore.Wish.RUN) {
            throw new StoppedException("it is not wanted now");
        }
        if (lease.latest().stage().isFinal()) {
            // It had ended, but was not told: whoever had it was killed in between.
            tell(lease.latest());
            return;
        }
        try (Comparison comparison = tools.comparisons().open(pipeline.declared())) {
            List<TableRoute> routes = routes();
            lease.keep(lease.latest().running(clock.instant(), comparison.schema(routes)));
            lease.save(true);
            voice.started(lease.latest());
            for (TableRoute route : routes) {
                table(comparison, route);
            }
            boolean same = comparison.schema(routes).equals(lease.latest().schema());
            end(
                    same
                            ? lease.latest().concluded(clock.instant())
                            : lease.latest()
                                    .ended(
                                            Stage.FAILED,
                                            "the schema of a table changed meanwhile: verify again",
                                            clock.instant()));
        }
    }

    private List<TableRoute> routes() {
        List<String> wanted =
                lease.latest().tables().stream().map(TableState::source).toList();
        return pipeline.declared().tables().stream()
                .filter(route -> wanted.contains(route.source()))
                .toList();
    }

    private void table(Comparison comparison, TableRoute route) {
        VerifiedTable world = new VerifiedTable(pipeline, route, comparison, tools, lease);
        Pair pair = world.pair();
        Order order = lease.latest().order();
        if (order.repairOf() != null) {
            walk(verification(world, new MismatchKeys(store, order.repairOf(), route.source())), begun(pair, route));
        } else if (order.changedSince() == null) {
            walk(verification(world, null), begun(pair, route));
        } else {
            changed(world, route, order.changedSince());
        }
    }

    private TableVerification verification(VerifiedTable world, @Nullable KeyFeed feed) {
        return new TableVerification(world.pair().source(), world.pair().target(), limits(), world, feed);
    }

    private void changed(VerifiedTable world, TableRoute route, Instant since) {
        Pair pair = world.pair();
        // What is still on its way would not be in the topic.
        world.awaitApplied(pair.source().moment()).ifPresent(why -> {
            throw new ImpossibleException("what changed since then is not known: " + why);
        });
        String topic = Routes.topic(pipeline.declared(), route.source());
        if (tools.heads().ofTopic(pipeline.id(), topic).filter(Map::isEmpty).isPresent()) {
            walk(null, begun(pair, route).unchanged());
            return;
        }
        try (ChangedKeys.Feed feed = tools.changedKeys().open(topic, since, pair.areDocuments(), pair.rowKey())) {
            walk(verification(world, feed), begun(pair, route));
        }
    }

    private TableState begun(Pair pair, TableRoute route) {
        TableState state = state(route);
        if (state.phase() != Phase.WAITING) {
            return state;
        }
        boolean all = !lease.latest().order().isPartial();
        OptionalLong rows = all ? pair.source().estimate() : OptionalLong.empty();
        return state.begun(rows.isPresent() ? rows.getAsLong() : null, pair.notes());
    }

    private void walk(@Nullable TableVerification verification, TableState begun) {
        TableState state = begun;
        while (verification != null && !state.isDone()) {
            yieldToPipeline();
            Instant before = clock.instant();
            TableState next = verification.step(state);
            long rows = next.tally().rows() - state.tally().rows();
            voice.compared(next, state);
            state = next;
            lease.keep(lease.latest().with(state).because("comparing " + state.source()));
            voice.progress(lease.latest());
            Duration rest = Pace.after(
                    rows,
                    Duration.between(before, clock.instant()),
                    lease.latest().order().maxRowsPerSecond());
            if (!rest.isZero()) {
                lease.rest(rest);
            }
        }
        lease.keep(lease.latest().with(state));
        lease.save(true);
    }

    private TableState state(TableRoute route) {
        return lease.latest().tables().stream()
                .filter(table -> table.source().equals(route.source()))
                .findFirst()
                .orElseThrow();
    }

    private Limits limits() {
        Order order = lease.latest().order();
        return new Limits(order.chunkRows(), SUSPECTS, LOOKS, tools.config().maxMismatches(), order.sample());
    }

    private void yieldToPipeline() {
        Double staleness = tools.staleness(pipeline.id());
        while (Pace.yields(staleness, tools.config().maxStaleness())) {
            lease.keep(lease.latest().because("it rests while the pipeline is behind"));
            lease.rest(WHILE_BEHIND);
            staleness = tools.staleness(pipeline.id());
        }
    }

    private void end(Verification ended) {
        try {
            lease.keepQuietly(ended);
            tell(ended);
        } catch (AwayException | StoppedException e) {
            LOG.debugf("verification's end not kept migrationId=%s reason=%s", pipeline.id(), e.getMessage());
        }
    }

    /** It is over only once that has been told. */
    private void tell(Verification ended) {
        LOG.infof(
                "verification ended migrationId=%s verification=%s stage=%s reason=%s",
                pipeline.id(), ended.id(), ended.stage(), ended.reason());
        if (voice.finished(ended)) {
            lease.save(false);
        }
    }
}
