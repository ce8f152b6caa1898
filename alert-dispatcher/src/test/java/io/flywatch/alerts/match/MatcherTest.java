package io.flywatch.alerts.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {

    @Test
    void comparesTheWholeValueAndCountsWhatIsMissingAsEmpty() {
        Map<String, String> labels = Map.of("team", "shop");

        assertThat(labels).matches(it -> Matcher.parse("team=shop").matches(it));
        assertThat(labels).matches(it -> Matcher.parse("team=~\"sh.*|books\"").matches(it));
        assertThat(labels).matches(it -> !Matcher.parse("team=~\"ho\"").matches(it));
        assertThat(labels).matches(it -> Matcher.parse("other=\"\"").matches(it));
        assertThat(labels).matches(it -> Matcher.parse("other!~\".+\"").matches(it));
    }

    @ParameterizedTest
    @ValueSource(strings = {"team", "=x", "team=\"x", "team=~\"(\"", "te am=x", "\"te am=x", "\"\"=x", "team==x\"y"})
    void refusesWhatIsNone(String text) {
        boolean value = text.equals("team==x\"y");
        if (value) {
            assertThat(Matcher.parse(text).value()).isEqualTo("=x\"y");
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> Matcher.parse(text));
        }
    }

    @Test
    void findsConditionsThatNothingFulfils() {
        for (List<String> none : List.of(
                List.of("team=a", "team=b"),
                List.of("team=a", "team!=a"),
                List.of("team=~\"b.*\"", "team=a"),
                List.of("team=a", "x=y", "team!~\"a|b\""))) {
            assertThat(Matcher.contradiction(none.stream().map(Matcher::parse).toList()))
                    .hasValueSatisfying(what -> assertThat(what).contains("nothing would ever match", "team"));
        }
        assertThat(Matcher.contradiction(Stream.of("team=a", "team=~\"a|b\"", "x!=y")
                        .map(Matcher::parse)
                        .toList()))
                .isEmpty();
    }

    @Test
    void takesTheNamesThatAlertmanagerTakes() {
        assertThat(Map.of("k8s.io/app", "a", "Größe 🙂", "b\nc"))
                .matches(it -> Matcher.parse("k8s.io/app=a").matches(it))
                .matches(it -> Matcher.parse("\"Größe 🙂\"=\"b\\nc\"").matches(it))
                .matches(it -> Matcher.parse("1a=\"\"").matches(it));
    }

    @Property
    void readsWhatItWrites(@ForAll @StringLength(min = 1, max = 9) String label, @ForAll String value) {
        Matcher matcher = new Matcher(label, Matcher.Op.IS, value);

        assertThat(Matcher.parse(matcher.toString())).isEqualTo(matcher);
    }
}
