package io.flywatch.alerts.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.Stories;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.notice.Message.Fact;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MessageTest {

    private static final String TURNS = "[\u202a-\u202e\u2066-\u2069]";

    private static final Links LINKS = new Links(
            Optional.of("http://127.0.0.1:8080/"), Optional.empty(), Optional.of("https://example.org/runbook"));

    @Test
    void saysWhatSinceWhenHowBadWhyAndWhereToLook() {
        Message message = Message.of(Stories.story(NoticeKind.FIRING, "shop", "shop: lag is 73 s"), LINKS);

        assertThat(message.title()).isEqualTo("[WARNING] shop: high lag");
        assertThat(message.facts())
                .contains(
                        new Fact("Since", "2026-11-22 14:03:10 UTC, for 90 s"),
                        new Fact("Value", "73 s, limit 60 s, at worst 80 s"),
                        new Fact("Likely cause", "the target is slow"));
        assertThat(message.links())
                .extracting(Links.Link::url)
                .containsExactly(
                        "http://127.0.0.1:8080/api/v1/migrations/shop", "https://example.org/runbook#high_lag");
    }

    @Test
    void saysWhenItEndedAndHowLongItTook() {
        Message message = Message.of(Stories.story(NoticeKind.RESOLVED, "shop", "shop: lag is 73 s"), LINKS);

        assertThat(message.title()).isEqualTo("[RESOLVED] shop: high lag");
        assertThat(message.summary()).isEqualTo("over after 90 s: shop: lag is 73 s");
        assertThat(message.facts()).contains(new Fact("Ended", "2026-11-22 14:04:40 UTC, after 90 s"));
    }

    @Test
    void saysWhoElseWasToldAndWhoIsNext() {
        Story story = Stories.story(NoticeKind.FIRING, "shop", "shop: lag is 73 s");
        Audience audience = new Audience(List.of("mail", "ops"), List.of("pager"), Stories.SINCE.plusSeconds(600));

        Message message = Message.of(story.heardBy(audience), LINKS);

        assertThat(message.facts())
                .contains(
                        new Fact("Also told", "mail, ops"),
                        new Fact("Next", "unless somebody acknowledges it, pager at 2026-11-22 14:13:10 UTC"));
        assertThat(Message.of(story, LINKS).facts()).extracting(Fact::name).doesNotContain("Also told", "Next");
    }

    @Test
    void namesOfManyOnlyWhatTheyHaveInCommon() {
        Alert one = Stories.alert(Map.of("alertname", "Down", "instance", "n1"), Severity.WARNING, Stories.SINCE);
        Alert other = Stories.alert(Map.of("alertname", "Down", "instance", "n2"), Severity.WARNING, Stories.SINCE);
        Alert again = Stories.alert(
                Map.of("alertname", "Down", "instance", "n1", "disk", "b"), Severity.WARNING, Stories.SINCE);

        assertThat(title(Map.of("alertname", "Down"), one, other)).isEqualTo("[WARNING] Down (2 firing)");
        assertThat(title(Map.of("alertname", "Down", "team", "db"), one, other))
                .isEqualTo("[WARNING] db: Down (2 firing)");
        assertThat(title(Map.of("alertname", "Down"), one, again)).isEqualTo("[WARNING] n1: Down (2 firing)");
        Fact first = new Fact("n1", "something (warning since 2026-11-22 14:03:10 UTC)");
        assertThat(Message.of(Stories.story(NoticeKind.FIRING, one, other), LINKS)
                        .facts())
                .contains(first);
    }

    private static String title(Map<String, String> group, Alert... alerts) {
        Story story = Stories.story(NoticeKind.FIRING, alerts);
        return Message.of(
                        new Story(
                                story.kind(),
                                story.thread(),
                                new TreeMap<>(group),
                                story.alerts(),
                                story.firing(),
                                story.ended(),
                                story.at(),
                                story.note(),
                                false),
                        LINKS)
                .title();
    }

    @Test
    void leadsToAMigrationsPageWhereThereIsOne() {
        Links links = new Links(
                Optional.of("https://flywatch.example.org/#/migrations/{migration}"),
                Optional.empty(),
                Optional.empty());

        assertThat(links.of(Stories.story(NoticeKind.FIRING, "a shop", "lag is 73 s")))
                .containsExactly(new Links.Link("Migration", "https://flywatch.example.org/#/migrations/a%20shop"));
    }

    @Property(tries = 100)
    void letsNothingTurnTheWordsAround(
            @ForAll @CharRange(from = '\u2000', to = '\u2070') @CharRange(from = 'a', to = 'z') String text) {
        Alert alert = Stories.alert(
                Map.of("alertname", "A" + text, "team" + text, "b" + text), Severity.WARNING, Stories.SINCE);
        Story story = Stories.story(NoticeKind.FIRING, alert);

        Message message = Message.of(story, LINKS).worded("[WARNING] " + text, "the note " + text);

        assertThat(message.title() + message.summary() + message.facts() + message.links())
                .doesNotContainPattern(TURNS);
        assertThat(Text.harmless(text)).hasSameSizeAs(text);
        assertThat(Text.harmless("\u05d0\u200f(1)")).isEqualTo("\u05d0\u200f(1)");
    }

    @Test
    void saysTimesAsPeopleDo() {
        assertThat(Stream.of("PT0S", "PT90S", "PT10M", "PT1H30M", "PT4H", "PT47H59M", "P2D", "P3DT5H7M", "PT-1S")
                        .map(it -> Text.words(Duration.parse(it))))
                .containsExactly("0 s", "90 s", "10 min", "1 h 30 min", "4 h", "47 h 59 min", "2 d", "3 d 5 h", "0 s");
    }

    @Property
    void leavesNoLineBreakInALine(@ForAll String text) {
        assertThat(Text.oneLine(text).codePoints())
                .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    @Property
    void cutsAtACharactersBorder(@ForAll String text, @ForAll @IntRange(min = 2, max = 50) int most) {
        String cut = Text.atMost(text + "😀😀😀", most);

        assertThat(cut.length()).isLessThanOrEqualTo(most);
        assertThat(Character.isHighSurrogate(cut.charAt(cut.length() - 1))).isFalse();
    }
}
