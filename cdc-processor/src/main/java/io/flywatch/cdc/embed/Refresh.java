package io.flywatch.cdc.embed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes arrays what the rows say that they are made from. Anybody may do it at any time, and several at once.
 *
 * <p>Why it comes right: an array is written only over the token that was read before its rows were, so that writes of one array follow
 * each other, each made from rows that were read after the write before. Whoever changes a row, or brings a document, refreshes the
 * document afterwards, and so after the last change there is one more write, and that one and all behind it have seen the change. It must
 * write even where nothing differs: a writer that has read older rows is thrown out by the new token alone.
 */
public final class Refresh<I, T, E> {
    private final Parents<I, T, E> parents;
    private final int page;

    /**
     * A refresh.
     *
     * @param page how many documents are looked at together
     */
    public Refresh(Parents<I, T, E> parents, int page) {
        this.parents = parents;
        this.page = page;
    }

    /** Returns once each of the documents has been written, or was not there. */
    public void of(Collection<I> ids) {
        Set<I> left = new LinkedHashSet<>(ids);
        while (!left.isEmpty()) {
            List<I> some = new ArrayList<>(left.stream().limit(page).toList());
            Map<I, T> tokens = parents.tokens(some);
            some.removeAll(tokens.keySet());
            some.forEach(left::remove);
            if (!tokens.isEmpty()) {
                left.removeAll(parents.write(tokens, parents.contents(tokens.keySet())));
            }
        }
    }
}
