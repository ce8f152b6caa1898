package io.flywatch.runner.blocking;

import io.flywatch.runner.blocking.TableLock.Mode;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All locks of tables' definitions that a server tells, and who waits for whom by its own rules: what is asked for waits for what is held
 * and does not go with it, and for what others wait for already and comes first (a reader queues behind an {@code ALTER} that waits).
 * The rules are the two matrices in {@code sql/mdl.cc} of MySQL 8, which MariaDB shares.
 */
public record TableLocks(List<TableLock> all) {
    private static final Map<Mode, Set<Mode>> NOT_WITH_HELD = new EnumMap<>(Map.of(
            Mode.SHARED, EnumSet.of(Mode.EXCLUSIVE),
            Mode.SHARED_HIGH_PRIO, EnumSet.of(Mode.EXCLUSIVE),
            Mode.SHARED_READ, EnumSet.of(Mode.EXCLUSIVE, Mode.SHARED_NO_READ_WRITE),
            Mode.SHARED_WRITE, writes(),
            Mode.SHARED_WRITE_LOW_PRIO, writes(),
            Mode.SHARED_UPGRADABLE,
                    EnumSet.of(Mode.EXCLUSIVE, Mode.SHARED_NO_READ_WRITE, Mode.SHARED_NO_WRITE, Mode.SHARED_UPGRADABLE),
            Mode.SHARED_READ_ONLY,
                    EnumSet.of(
                            Mode.EXCLUSIVE, Mode.SHARED_NO_READ_WRITE, Mode.SHARED_WRITE, Mode.SHARED_WRITE_LOW_PRIO),
            Mode.SHARED_NO_WRITE,
                    EnumSet.of(
                            Mode.EXCLUSIVE,
                            Mode.SHARED_NO_READ_WRITE,
                            Mode.SHARED_NO_WRITE,
                            Mode.SHARED_UPGRADABLE,
                            Mode.SHARED_WRITE,
                            Mode.SHARED_WRITE_LOW_PRIO),
            Mode.SHARED_NO_READ_WRITE, EnumSet.complementOf(EnumSet.of(Mode.SHARED, Mode.SHARED_HIGH_PRIO)),
            Mode.EXCLUSIVE, EnumSet.allOf(Mode.class)));

    private static final Map<Mode, Set<Mode>> BEHIND_WAITING = new EnumMap<>(Map.of(
            Mode.SHARED, EnumSet.of(Mode.EXCLUSIVE),
            Mode.SHARED_HIGH_PRIO, EnumSet.noneOf(Mode.class),
            Mode.SHARED_READ, EnumSet.of(Mode.EXCLUSIVE, Mode.SHARED_NO_READ_WRITE),
            Mode.SHARED_WRITE, EnumSet.of(Mode.EXCLUSIVE, Mode.SHARED_NO_READ_WRITE, Mode.SHARED_NO_WRITE),
            Mode.SHARED_WRITE_LOW_PRIO, writes(),
            Mode.SHARED_UPGRADABLE, EnumSet.of(Mode.EXCLUSIVE),
            Mode.SHARED_READ_ONLY, EnumSet.of(Mode.EXCLUSIVE, Mode.SHARED_NO_READ_WRITE, Mode.SHARED_WRITE),
            Mode.SHARED_NO_WRITE, EnumSet.of(Mode.EXCLUSIVE),
            Mode.SHARED_NO_READ_WRITE, EnumSet.of(Mode.EXCLUSIVE),
            Mode.EXCLUSIVE, EnumSet.noneOf(Mode.class)));

    public TableLocks {
        all = List.copyOf(all);
    }

    private static Set<Mode> writes() {
        return EnumSet.of(Mode.EXCLUSIVE, Mode.SHARED_NO_READ_WRITE, Mode.SHARED_NO_WRITE, Mode.SHARED_READ_ONLY);
    }

    /** The sessions for which this one waits. */
    public Set<Long> blockersOf(long session) {
        return sessions(all.stream()
                .filter(it -> all.stream().anyMatch(mine -> mine.session() == session && waits(mine, it)))
                .toList());
    }

    /** The sessions that wait for this one. */
    public Set<Long> waitersFor(long session) {
        return sessions(all.stream()
                .filter(it -> all.stream().anyMatch(mine -> mine.session() == session && waits(it, mine)))
                .toList());
    }

    /** What a session holds of tables that another one waits for, for a person: {@code SHARED_READ of shop.orders}. */
    public List<String> heldBefore(long holder, long waiter) {
        return all.stream()
                .filter(it -> it.session() == holder
                        && all.stream().anyMatch(other -> other.session() == waiter && waits(other, it)))
                .map(it -> (it.isHeld() ? "holds " : "waits before it for ") + it.mode() + " of " + it.table())
                .distinct()
                .toList();
    }

    private static boolean waits(TableLock asked, TableLock before) {
        return !asked.isHeld()
                && asked.session() != before.session()
                && asked.table().equals(before.table())
                && (before.isHeld() ? NOT_WITH_HELD : BEHIND_WAITING)
                        .getOrDefault(asked.mode(), Set.of())
                        .contains(before.mode());
    }

    private static Set<Long> sessions(Collection<TableLock> locks) {
        Set<Long> sessions = new TreeSet<>();
        locks.forEach(it -> sessions.add(it.session()));
        return sessions;
    }
}
