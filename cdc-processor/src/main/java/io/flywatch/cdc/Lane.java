package io.flywatch.cdc;

import io.flywatch.cdc.apply.Inbound;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.change.Catalogue;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One partition on its way to the target: its records wait here, and are applied batch by batch by whichever writer is free. */
public final class Lane implements LaneRunner.Work {
    private static final Logger LOG = Logger.getLogger(Lane.class);

    private final PartitionId id;
    private final Pipeline pipeline;
    private final Route route;
    private final LaneTools tools;
    private final LaneQueue queue;
    private final LaneReading reading;
    private final LaneAhead ahead;
    private final LaneRunner runner;
    private final LaneErrands errands = new LaneErrands();
    private final LaneReach reach;
    private final LaneTrials trials;
    private volatile LaneState state = new LaneState.Taking();
    private volatile OptionalLong seek = OptionalLong.empty();
    private volatile @Nullable LaneWork work;
    private volatile @Nullable Position position;

    Lane(PartitionId id, Pipeline pipeline, Route route, LaneTools tools) {
        this.id = id;
        this.pipeline = pipeline;
        this.route = route;
        this.tools = tools;
        this.queue = new LaneQueue(tools.memory());
        this.reading = new LaneReading(pipeline.declared(), route, tools);
        this.ahead = new LaneAhead(queue, reading, tools);
        this.runner = new LaneRunner(tools.writers(), this);
        this.reach = new LaneReach(this, queue);
        this.trials = new LaneTrials(id);
    }

    void start() {
        runner.wake();
    }

    /** More records. */
    public void offer(List<Inbound> records) {
        queue.add(records);
        runner.wake();
    }

    /** What is to be done as soon as the batch in hand is. */
    void run(LaneErrand errand) {
        errands.add(errand);
        runner.wake();
        if (!state.isOpen()) {
            errands.refuse();
        }
    }

    /** Nothing more is applied; what is in flight is rejected by the target once somebody else takes the partition. */
    void close() {
        moveTo(new LaneState.Closed());
        queue.close();
    }

    /** The partition was given to somebody else, or its pipeline ended. */
    public void leave() {
        pipeline.close(this);
    }

    /** Whether another replica took the partition so long ago that, if it is still ours by the group's word, it is to be taken again. */
    public boolean wasFencedFor(Duration time) {
        return state instanceof LaneState.Fenced fenced && System.nanoTime() - fenced.atNanos() > time.toNanos();
    }

    /** It can't go on without a person. */
    public void breakOff(String reason) {
        if (moveTo(new LaneState.Broken(reason))) {
            LOG.errorf("partition broken migrationId=%s partition=%s reason=%s", id.pipeline(), id, reason);
            queue.close();
        }
    }

    /** Only a lane that is open moves on: whatever ended it stands. */
    private synchronized boolean moveTo(LaneState next) {
        boolean open = state.isOpen();
        if (open) {
            state = next;
        }
        if (!state.isOpen()) {
            errands.refuse();
        }
        return open;
    }

    @Override
    public Duration step() {
        try {
            return next();
        } catch (Catalogue.SourceAwayException e) {
            return lost("it is read again, as " + e.getMessage());
        } catch (Catalogue.ChangedTypeException e) {
            return broken(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warnf(e, "partition failed migrationId=%s partition=%s", id.pipeline(), id);
            return failed(e);
        } catch (Error e) {
            LOG.errorf(e, "partition failed migrationId=%s partition=%s", id.pipeline(), id);
            return lost("it is read again after a " + e.getClass().getSimpleName());
        }
    }

    /** A batch that is known is tried again; records that could not even become a batch would fail again. */
    private Duration failed(RuntimeException e) {
        if (work != null || state instanceof LaneState.Taking) {
            return troubled("an unexpected " + e.getClass().getSimpleName() + ", see the log");
        }
        return broken(
                "The records from offset " + position().map(Position::offset).orElse(0L) + " of " + id
                        + " can't be sorted: an unexpected " + e.getClass().getSimpleName()
                        + ". Nothing was skipped. Report it with the log.");
    }

    private Duration broken(String reason) {
        breakOff(reason);
        return Duration.ZERO;
    }

    @Override
    public boolean hasMore() {
        boolean waits = work != null || !queue.isEmpty() || !ahead.isEmpty() || !errands.isEmpty();
        return waits && state instanceof LaneState.Running;
    }

    private Duration next() {
        return switch (state) {
            case LaneState.Taking taking -> take();
            case LaneState.Running running -> applyNext(running);
            case LaneState.Broken broken -> Duration.ZERO;
            case LaneState.Fenced fenced -> Duration.ZERO;
            case LaneState.Closed closed -> Duration.ZERO;
        };
    }

    private Duration take() {
        return switch (new LaneTaking(id, pipeline, tools).attempt()) {
            case LaneTaking.Result.Later later -> troubled(later.reason());
            case LaneTaking.Result.Lost lost -> lost(lost.reason());
            case LaneTaking.Result.Broken broken -> broken(broken.reason());
            case LaneTaking.Result.Ours ours -> {
                trials.over();
                position = ours.running().position();
                seek = OptionalLong.of(ours.running().position().offset());
                if (moveTo(ours.running())) {
                    pipeline.resumed(this);
                }
                yield Duration.ZERO;
            }
        };
    }

    private Duration applyNext(LaneState.Running running) {
        if (work == null && !errands.isEmpty()) {
            ahead.await();
            return ran(errands.next(this, running), running);
        }
        LaneWork before = work;
        LaneWork current = before == null ? LaneWork.next(this, running, ahead, tools) : before;
        work = current;
        if (current == null) {
            return Duration.ZERO;
        }
        ahead.begin(current.end());
        long began = System.nanoTime();
        Outcome outcome = current.attempt();
        reach.wrote(System.nanoTime() - began);
        return settle(current, running, outcome);
    }

    private Duration ran(LaneErrand.@Nullable Attempt attempt, LaneState.Running running) {
        if (attempt instanceof LaneErrand.Attempt.Lost late) {
            return lost(late.reason());
        }
        if (attempt instanceof LaneErrand.Attempt.Applied applied) {
            position = applied.batch().after();
            moveTo(running.after(applied.batch()));
        }
        return Duration.ZERO;
    }

    private Duration settle(LaneWork current, LaneState.Running running, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Away away -> troubled(away.reason());
            case Outcome.Fenced fenced -> lost(fenced.reason());
            case Outcome.TooMuch tooMuch -> tooMuch(current, tooMuch.reason());
            case Outcome.Refused refused -> {
                work = current.without(refused.reasons());
                yield Duration.ZERO;
            }
            case Outcome.Applied applied -> applied(current, running);
        };
    }

    private Duration applied(LaneWork current, LaneState.Running running) {
        trials.written(tools.limits().changes());
        LaneState.Running next = running.after(current.batch());
        queue.release(current.bytes());
        position = current.sorted().after();
        work = current.rest(next);
        moveTo(next);
        pipeline.applied(this, current.sorted());
        String impassable = current.sorted().impassable();
        return impassable == null ? Duration.ZERO : broken(impassable);
    }

    private Duration tooMuch(LaneWork current, String reason) {
        String retried = current.isSingle() ? reason : trials.tooMuch(current.records(), reason);
        work = current.portioned();
        return troubled(retried);
    }

    private Duration troubled(String reason) {
        int attempts = trials.failed(reason);
        pipeline.retried();
        return state.isOpen() ? tools.backoff().after(attempts, Math.random()) : Duration.ZERO;
    }

    private Duration lost(String reason) {
        LOG.warnf("partition lost migrationId=%s partition=%s reason=%s", id.pipeline(), id, reason);
        moveTo(new LaneState.Fenced(System.nanoTime()));
        queue.close();
        return Duration.ZERO;
    }

    /** Its partition. */
    public PartitionId id() {
        return id;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    LaneReading reading() {
        return reading;
    }

    Route route() {
        return route;
    }

    LaneState state() {
        return state;
    }

    /** Where the consumer has to go on reading, told once. */
    public OptionalLong takeSeek() {
        OptionalLong offset = seek;
        seek = OptionalLong.empty();
        return offset;
    }

    /** Whether the consumer should stop fetching for a while. */
    public boolean isFull() {
        return !(state instanceof LaneState.Running) || queue.isFull();
    }

    /** How far it is applied, as far as we know; empty before the target has told. */
    Optional<Position> position() {
        return Optional.ofNullable(position);
    }

    @Nullable
    LaneWork work() {
        return work;
    }

    /** How far it is, for those who measure. */
    public LaneReach reach() {
        return reach;
    }

    /** Whether everything that was handed over has been applied. */
    boolean isDrained() {
        return queue.isEmpty() && !runner.isWorking();
    }

    LaneTrials trials() {
        return trials;
    }
}
