package io.flywatch.runner.adapter.mongo;

import org.junit.jupiter.api.Nested;

/** The same where there are transactions: a stand-in for a replica set, and for the ways that differ a router and a server alone. */
class ReplicaSetIT {

    @Nested
    class ChangedOnce extends ChangedOnceIT {
        @Override
        Place place() {
            return Place.REPLICA_SET;
        }
    }

    @Nested
    class ChangedOnceBehindARouter extends ChangedOnceIT {
        @Override
        Place place() {
            return Place.ROUTER;
        }
    }

    @Nested
    class ChangedOnceAlone extends ChangedOnceIT {
        @Override
        Place place() {
            return Place.ALONE;
        }
    }

    @Nested
    class Steps extends StepsIT {
        @Override
        Place place() {
            return Place.REPLICA_SET;
        }
    }

    @Nested
    class Kinds extends KindsIT {
        @Override
        Place place() {
            return Place.REPLICA_SET;
        }
    }

    @Nested
    class Rollback extends RollbackIT {
        @Override
        Place place() {
            return Place.REPLICA_SET;
        }
    }

    @Nested
    class Trouble extends TroubleIT {
        @Override
        Place place() {
            return Place.REPLICA_SET;
        }
    }
}
