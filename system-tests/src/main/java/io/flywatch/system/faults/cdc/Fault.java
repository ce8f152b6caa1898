package io.flywatch.system.faults.cdc;

import io.flywatch.system.stand.Replication;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One way to break a replication. What it breaks it mends after a while, or {@link #mend} does. */
enum Fault {
    /** {@code kill -9} of the processor, at any moment, and a new one. */
    KILL_PROCESSOR {
        @Override
        void strike(Replication replication, Random random) throws Exception {
            replication.killProcessor("one");
            rest(random);
            replication.startProcessor("one");
        }
    },
    /** A second replica takes some of the partitions and is killed, or goes on while the first one is killed. */
    REBALANCE {
        @Override
        void strike(Replication replication, Random random) throws Exception {
            replication.startProcessor("two").awaitReady(READY);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
            if (random.nextBoolean()) {
                replication.killProcessor("one");
                rest(random);
                replication.startProcessor("one");
            }
            replication.killProcessor("two");
        }
    },
    RESTART_BROKER {
        @Override
        void strike(Replication replication, Random random) throws Exception {
            replication.restartBroker(Duration.ofMillis(random.nextInt(200, 3_000)));
        }
    },
    KILL_CONNECT {
        @Override
        void strike(Replication replication, Random random) throws Exception {
            replication.restartConnect();
        }
    },
    /** Connections to the target are reset, and no new ones come about for a while. */
    CUT_TARGET {
        @Override
        void strike(Replication replication, Random random) throws Exception {
            replication.proxy().cut();
            rest(random);
            replication.proxy().mend();
        }
    },
    /** The target's connections are reset in the middle of whatever they do. */
    RESET_TARGET {
        @Override
        void strike(Replication replication, Random random) throws Exception {
            for (int i = 0; i < random.nextInt(1, 6); i++) {
                replication.proxy().reset();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
            }
        }
    },
    SLOW_TARGET {
        @Override
        void strike(Replication replication, Random random) throws Exception {
            replication.proxy().delay(Duration.ofMillis(random.nextInt(5, 150)));
            rest(random);
            replication.proxy().mend();
        }
    },
    /** Bytes to and from the target get lost, and then its connections are reset. */
    SILENT_TARGET {
        @Override
        void strike(Replication replication, Random random) throws Exception {
            replication.proxy().swallow();
            rest(random);
            replication.proxy().mend();
        }
    },
    /** The target's server is killed and recovers from its log. */
    RESTART_TARGET {
        @Override
        boolean isPossible(Replication replication) {
            return replication.target().restarts();
        }

        @Override
        void strike(Replication replication, Random random) throws Exception {
            replication.target().restart();
        }
    },
    /** The target refuses every row, as a server does whose disk is full. */
    FULL_TARGET {
        @Override
        boolean isPossible(Replication replication) throws Exception {
            return replication.target().speaksSql();
        }

        @Override
        void strike(Replication replication, Random random) throws Exception {
            disk(replication, true);
            rest(random);
            disk(replication, false);
        }

        private void disk(Replication replication, boolean full) throws SQLException {
            try (Connection target = replication.target().connect().orElseThrow();
                    Statement statement = target.createStatement()) {
                statement.execute("update disk set is_full = " + full);
            }
        }
    },
    /** The last records of a topic come once more, as from a connector that lost its offsets. */
    REPEAT_RECORDS {
        @Override
        void strike(Replication replication, Random random) {
            new Tampering(replication).repeat(random.nextInt(1, 400));
        }
    },
    /** Rows of the target are lost or spoilt, and the table is read anew while it is written to: whatever breaks next breaks that, too. */
    READ_ANEW {
        @Override
        void strike(Replication replication, Random random) throws Exception {
            new ReadAnew(replication).strike(random);
        }
    },
    /** A record that nobody can read. */
    POISON_RECORD {
        @Override
        void strike(Replication replication, Random random) {
            new Tampering(replication).poison(random);
        }
    };

    private static final Duration READY = Duration.ofMinutes(2);

    /** Whether there is anything to be broken in this way. */
    boolean isPossible(Replication replication) throws Exception {
        return true;
    }

    /** Whether a change may be in the topic twice after it. */
    boolean repeats() {
        return switch (this) {
            case REPEAT_RECORDS, KILL_CONNECT, RESTART_BROKER, READ_ANEW -> true;
            default -> false;
        };
    }

    abstract void strike(Replication replication, Random random) throws Exception;

    private static void rest(Random random) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(100, 4_000));
    }

    /** Everything that a run may have left broken. */
    static void mend(Replication replication) throws InterruptedException {
        replication.proxy().mend();
        for (var processor : replication.processors().values()) {
            processor.awaitReady(READY);
        }
    }

    /** Those of a list of names; all of them for an empty one. */
    static List<Fault> named(String names) {
        return names.isBlank()
                ? List.of(values())
                : Arrays.stream(names.split(",", -1))
                        .map(name -> valueOf(name.trim().toUpperCase(Locale.ROOT)))
                        .toList();
    }
}
