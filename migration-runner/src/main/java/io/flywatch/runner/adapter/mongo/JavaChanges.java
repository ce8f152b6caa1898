package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.change.ChangeContext;
import io.flywatch.runner.change.JavaChange;
import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Suspended;
import io.flywatch.runner.step.JavaStep;
import io.flywatch.runner.step.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The changes in Java that this runner has. */
final class JavaChanges {
    private final Map<String, JavaChange> byName = new TreeMap<>();

    JavaChanges(Iterable<JavaChange> all) {
        for (JavaChange change : all) {
            if (byName.put(change.name(), change) != null) {
                throw new IllegalStateException("There are two Java changes with the name '" + change.name() + "'.");
            }
        }
    }

    /** The migration with the versions that its Java changes declare. */
    MongoMigration resolve(MongoMigration migration) {
        List<ChangeSet> resolved = migration.changeSets().stream()
                .map(it -> {
                    Map<Integer, List<Step>> rollbacks = new HashMap<>();
                    it.rollbacks().forEach((place, steps) -> rollbacks.put(place, resolve(steps)));
                    return new ChangeSet(it.version(), it.description(), resolve(it.steps()), rollbacks);
                })
                .toList();
        return new MongoMigration(
                migration.id(), migration.description(), migration.connection(), migration.database(), resolved);
    }

    private List<Step> resolve(List<Step> steps) {
        return steps.stream()
                .map(it -> it instanceof JavaStep step ? step.of(named(step).version()) : it)
                .toList();
    }

    private JavaChange named(JavaStep step) {
        JavaChange change = byName.get(step.bean());
        if (change == null) {
            throw new RunFailure(
                    FailureType.DECLARATION,
                    "There is no Java change '%s'; this runner has: %s. Put a bean that implements JavaChange on its class path."
                            .formatted(step.bean(), byName.keySet()));
        }
        return change;
    }

    /** Answers how many documents it says it changed. */
    @SuppressWarnings("IllegalCatch") // somebody else's code may throw anything
    long run(Desk desk, StepKey key, JavaStep step) {
        Context context = new Context(desk, key, step);
        try {
            named(step).apply(context);
            return context.documents;
        } catch (Suspended | Cancelled | RunFailure | MongoException e) {
            throw e;
        } catch (Exception e) {
            throw new RunFailure(
                    FailureType.REFUSED,
                    "%s: the Java change '%s' failed: %s. The runner's log has the details."
                            .formatted(key.told(), step.bean(), e),
                    e);
        }
    }

    private static final class Context implements ChangeContext {
        private final Desk desk;
        private final StepKey key;
        private final JavaStep step;
        private long documents;

        Context(Desk desk, StepKey key, JavaStep step) {
            this.desk = desk;
            this.key = key;
            this.step = step;
        }

        @Override
        public MongoDatabase database() {
            return desk.books().database();
        }

        @Override
        public BsonDocument with() {
            return step.with().clone();
        }

        @Override
        public void total(long all) {
            desk.progress().total(all, "counted");
        }

        @Override
        public void changed(long more) {
            documents += more;
            desk.counted(key, more);
        }

        @Override
        public void does(String what) {
            desk.progress().does(step.name() + ": " + what);
        }

        @Override
        public void checkIn() {
            desk.journal().checkOwnership();
            Cancelled.check(desk.journal());
            desk.lease().check();
        }

        @Override
        public Optional<BsonDocument> position() {
            return Optional.ofNullable(desk.checkpoints().read(key, null).position());
        }

        @Override
        public void keep(BsonDocument position, @Nullable ClientSession session) {
            desk.checkpoints().position(key, position, session);
        }

        @Override
        public boolean hasTransactions() {
            return desk.abilities().transactions();
        }

        @Override
        public <T> T inTransaction(Function<ClientSession, T> work) {
            return new Transactions(desk.client(), desk.faults(), desk::again).run(work);
        }
    }
}
