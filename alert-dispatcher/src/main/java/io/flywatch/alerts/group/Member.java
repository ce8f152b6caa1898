package io.flywatch.alerts.group;

import io.flywatch.alerts.alert.Alert;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alert in a group.
 *
 * @param suppression why it is not told now; null if nothing is against it
 * @param told who was told of it
 */
public record Member(Alert alert, @Nullable Suppression suppression, List<Told> told) {
    public Member {
        told = List.copyOf(told);
    }

    /** What a receiver was told. */
    public Optional<Told> told(String receiver) {
        return told.stream().filter(mark -> mark.receiver().equals(receiver)).findFirst();
    }

    /** Those who believe that it fires. */
    public List<String> believers() {
        return told.stream().filter(Told::believes).map(Told::receiver).toList();
    }

    String fingerprint() {
        return alert.fingerprint();
    }
}
