package io.flywatch.cdc.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResumeTest {
    private static final PartitionId ID = new PartitionId("shop", "cdc.shop.public.orders", 0);
    private static final Counts SOME = new Counts(10, 5, 0, 0, 0);

    private static Position stored(long offset, String run, String topic) {
        return new Position(offset, run, topic, null, 7L, true, SOME);
    }

    private static LogRange log(String topic, long begin, long end) {
        return new LogRange(topic, begin, end, 1);
    }

    @Test
    void beginsAtTheBeginningIfNothingWasApplied() {
        assertThat(Resume.decide(ID, null, "run-1", log("t1", 0, 9)))
                .isEqualTo(new Resume.From(Position.start(0, "run-1", "t1"), "nothing has been applied yet"));
    }

    @Test
    void goesOnWhereItStoppedWithItsCounts() {
        assertThat(Resume.decide(ID, stored(9, "run-1", "t1"), "run-1", log("t1", 0, 20)))
                .isEqualTo(new Resume.From(stored(9, "run-1", "t1"), "goes on where it stopped"));
    }

    @Test
    void countsAnewForANewRunButDoesNotGoBack() {
        assertThat(Resume.decide(ID, stored(9, "run-1", "t1"), "run-2", log("t1", 0, 20)))
                .isEqualTo(new Resume.From(Position.start(9, "run-2", "t1"), "a new run"));
    }

    @Test
    void beginsAnewWithANewTopicInANewRun() {
        assertThat(Resume.decide(ID, stored(9, "run-1", "t1"), "run-2", log("t2", 0, 20)))
                .isEqualTo(new Resume.From(Position.start(0, "run-2", "t2"), "a new run"));
    }

    @Test
    void breaksIfTheTopicWasMadeAnewInTheSameRun() {
        assertThat(Resume.decide(ID, stored(9, "run-1", "t1"), "run-1", log("t2", 0, 20)))
                .isInstanceOfSatisfying(
                        Resume.Broken.class,
                        broken -> assertThat(broken.reason()).contains("was made anew", "Start a new run"));
    }

    @Test
    void breaksIfTheTopicEndsBeforeThePosition() {
        assertThat(Resume.decide(ID, stored(9, "run-1", ""), "run-1", log("t1", 0, 8)))
                .isInstanceOf(Resume.Broken.class);
    }

    @Test
    void breaksIfKafkaDroppedRecordsThatWereNotApplied() {
        assertThat(Resume.decide(ID, stored(9, "run-1", "t1"), "run-1", log("t1", 12, 20)))
                .isInstanceOfSatisfying(
                        Resume.Broken.class,
                        broken -> assertThat(broken.reason()).contains("records 9 to 11", "retention"));
    }
}
