package io.flywatch.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.alert.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Memory memory = new Memory(now::get);

    @Test
    void knowsWhatItLearntAndNothingElse() {
        List<String> some =
                IntStream.range(0, 100).mapToObj(MemoryTest::fingerprint).toList();

        memory.learn(some);

        assertThat(some).noneMatch(memory::isNew);
        assertThat(IntStream.range(100, 200).mapToObj(MemoryTest::fingerprint)).allMatch(memory::isNew);
    }

    @Test
    void forgetsWhatIsOldRatherThanGrow() {
        List<String> many =
                IntStream.range(0, 200_000).mapToObj(MemoryTest::fingerprint).toList();

        memory.learn(many);

        assertThat(many.subList(0, 1000)).filteredOn(memory::isNew).hasSizeGreaterThan(800);
        assertThat(many.subList(199_000, 200_000)).filteredOn(memory::isNew).hasSizeLessThan(20);
    }

    @Test
    void pausesLongerAfterEachWrongGuessAndShorterAfterEachRightOne() {
        assertThat(memory.mayGuess()).isTrue();

        memory.guessedWrong();
        assertThat(memory.mayGuess()).isFalse();
        pass(Duration.ofMillis(1001));
        assertThat(memory.mayGuess()).isTrue();

        memory.guessedWrong();
        pass(Duration.ofMillis(1900));
        assertThat(memory.mayGuess()).isFalse();
        pass(Duration.ofMillis(101));
        assertThat(memory.mayGuess()).isTrue();

        memory.guessedRight();
        memory.guessedRight();
        memory.guessedWrong();
        pass(Duration.ofMillis(1001));
        assertThat(memory.mayGuess()).isTrue();

        IntStream.range(0, 70).forEach(i -> memory.guessedWrong());
        pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(memory.mayGuess()).isFalse();
        pass(Duration.ofMillis(2));
        assertThat(memory.mayGuess()).isTrue();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static String fingerprint(int n) {
        return Labels.of(Map.of("n", String.valueOf(n))).fingerprint();
    }
}
