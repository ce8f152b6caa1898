package io.flywatch.alerts.notice;

import io.flywatch.alerts.notice.Links.Link;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a notice, the same for every receiver; each writes them in its own form. Plain text: whatever has a meaning in a
 * receiver's markup is escaped there.
 *
 * @param title one line: how bad, of what, what
 * @param summary one sentence
 * @param facts what, since when, how bad against the limit, likely cause
 * @param links where to go next
 */
public record Message(
        String title,
        String summary,
        List<Fact> facts,
        List<Link> links,
        Severity severity,
        NoticeKind kind,
        Story story) {

    public Message {
        title = Text.harmless(title);
        summary = Text.harmless(summary);
        facts = List.copyOf(facts);
        links = List.copyOf(links);
    }

    /**
     * A fact in two words and more.
     *
     * @param name e.g. {@code Since}
     */
    public record Fact(String name, String text) {
        public Fact {
            name = Text.harmless(name);
            text = Text.harmless(text);
        }
    }

    /** Whether it tells the end. */
    public boolean over() {
        return kind == NoticeKind.RESOLVED;
    }

    /** The same with another title and summary. */
    public Message worded(String title, String summary) {
        return new Message(title, summary, facts, links, severity, kind, story);
    }

    /** The words for a story. */
    public static Message of(Story story, Links links) {
        StoryAlert first = story.first();
        boolean one = story.firing() + story.ended() == 1;
        return new Message(
                title(story, one),
                one ? ended(first) + first.summary() : Counts.sentence(story) + ", first of all: " + first.summary(),
                one ? Facts.ofOne(story) : Facts.ofMany(story),
                links.of(story),
                story.severity(),
                story.kind(),
                story);
    }

    /** Words of the present are not to be taken for it when it is over. */
    private static String ended(StoryAlert alert) {
        return alert.endedAt() == null ? "" : "over after " + Facts.length(alert.since(), alert.endedAt()) + ": ";
    }

    private static String title(Story story, boolean one) {
        String how = switch (story.kind()) {
            case RESOLVED -> "RESOLVED";
            case ACKNOWLEDGED -> "ACKNOWLEDGED";
            case INFORMATION -> "INFO";
            case FIRING -> story.severity().name().toUpperCase(Locale.ROOT);
        };
        StoryAlert first = story.first();
        String place = one ? first.where() : story.where();
        String where = place.isEmpty() ? "" : place + ": ";
        String what = first.name().replace('_', ' ');
        String more = one ? "" : " (" + Counts.words(story) + ")";
        return Text.oneLine((story.test() ? "[TEST] " : "") + "[" + how + "] " + where + what + more);
    }

    /** How many of what. */
    static final class Counts {
        private Counts() {}

        static String words(Story story) {
            List<String> words = new ArrayList<>();
            if (story.firing() > 0) {
                words.add(story.firing() + " firing");
            }
            if (story.ended() > 0) {
                words.add(story.ended() + " resolved");
            }
            return String.join(", ", words);
        }

        static String sentence(Story story) {
            String of = story.group().isEmpty()
                    ? ""
                    : " of " + String.join(", ", story.group().values());
            return words(story) + of;
        }
    }
}
