package io.flywatch.quickstart.inbox;

import io.flywatch.quickstart.inbox.Letter.Receiver;
import io.flywatch.quickstart.inbox.Letter.Tells;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All letters so far, in the order in which they came. */
public final class Letters {

    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private final List<Consumer<Letter>> readers = new CopyOnWriteArrayList<>();

    void add(Letter letter) {
        letters.add(letter);
        readers.forEach(reader -> reader.accept(letter));
    }

    /** Tells somebody of every letter from now on. */
    public void onLetter(Consumer<Letter> reader) {
        readers.add(reader);
    }

    /** All of them. */
    public List<Letter> all() {
        return List.copyOf(letters);
    }

    /** The alerts that PagerDuty was told this of, after the first {@code skip} letters. */
    public Set<String> alerts(Tells tells, int skip) {
        return letters.stream()
                .skip(skip)
                .filter(letter -> letter.receiver() == Receiver.PAGERDUTY && letter.tells() == tells)
                .map(Letter::alert)
                .collect(Collectors.toSet());
    }

    /** How many came after the first {@code skip} letters that say this at this receiver. */
    public long count(Receiver receiver, Tells tells, int skip) {
        return letters.stream()
                .skip(skip)
                .filter(letter -> letter.receiver() == receiver && letter.tells() == tells)
                .count();
    }
}
