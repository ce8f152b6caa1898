package io.flywatch.anomaly.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

class WindowLawsTest {

    @Property(tries = 200)
    void knowsTheMedianOfItsWindow(@ForAll @Size(min = 1, max = 60) List<@FloatRange(min = -5, max = 5) Float> values) {
        int length = 9;
        SortedWindow window = new SortedWindow(length);
        for (int next = 0; next < values.size(); next++) {
            if (window.isFull()) {
                window.replace(values.get(next - length), values.get(next));
            } else {
                window.add(values.get(next));
            }

            List<Float> last = new ArrayList<>(values.subList(Math.max(0, next + 1 - length), next + 1));
            Collections.sort(last);
            assertThat(window.median()).isEqualTo(last.get(last.size() / 2));
        }
    }

    @Property(tries = 20)
    void remembersTheRangeOfItsWindowToABlock(@ForAll long seed) {
        Random random = new Random(seed);
        RangeMemory memory = new RangeMemory();
        List<Float> values = new ArrayList<>();
        for (int next = 0; next < RangeMemory.LENGTH + 700; next++) {
            float value = (float) random.nextGaussian() * (next % 1000 == 0 ? 5 : 1);
            if (next % 173 == 172) {
                double lowest = memory.above(value);
                int size = values.size();
                float high = Collections.max(values.subList(Math.max(0, size - RangeMemory.LENGTH), size));
                float highOfSure = Collections.max(values.subList(Math.max(0, size - RangeMemory.LENGTH + 125), size));
                // The oldest block may be gone already, but nothing that is newer.
                assertThat(lowest).isBetween(value - high - 1e-5, value - highOfSure + 1e-5);
            }
            memory.add(value);
            values.add(value);
        }
        assertThat(memory.size()).isEqualTo(RangeMemory.LENGTH);
    }
}
