package io.flywatch.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.Topics;
import io.flywatch.quickstart.boot.Port;
import io.flywatch.quickstart.screen.Board;
import io.flywatch.quickstart.screen.Terminal;
import io.flywatch.quickstart.screen.Tone;
import io.flywatch.quickstart.trouble.ErrorBurst;
import io.flywatch.quickstart.trouble.SlowTarget;
import io.flywatch.quickstart.trouble.StopConnector;
import io.flywatch.quickstart.trouble.Trouble;
import io.flywatch.quickstart.trouble.Troubles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be broken in this run.
 *
 * @param troubles all of it
 * @param burst the one that leaves something in the dead letters
 */
public record TroubleSet(Troubles troubles, ErrorBurst burst) {

    static TroubleSet of(Rig rig, boolean workload, ObjectMapper json, Terminal terminal, Board board) {
        Plan plan = rig.plan();
        ErrorBurst burst = new ErrorBurst(
                "127.0.0.1:" + rig.ports().number(Port.KAFKA),
                plan.tables().stream()
                        .map(table -> Topics.changesPrefix(plan.migration()) + "." + table.id())
                        .toList(),
                json);
        List<Trouble> all = new ArrayList<>();
        if (plan.trade().isPresent() && workload) {
            rig.target().proxy().ifPresent(proxy -> all.add(new SlowTarget(proxy)));
        }
        all.add(new StopConnector(rig.ports().url(Port.CONNECT) + "/connectors/flywatch-" + plan.migration()));
        all.add(burst);
        return new TroubleSet(new Troubles(all, listener(terminal, board)), burst);
    }

    private static Troubles.Listener listener(Terminal terminal, Board board) {
        return new Troubles.Listener() {
            @Override
            public void broken(Trouble trouble) {
                board.trouble("broken on purpose: " + trouble.name() + ", " + trouble.explanation());
                terminal.news(Tone.LETTER, "broken on purpose: " + trouble.name() + ", " + trouble.explanation());
            }

            @Override
            public void mended(Trouble trouble, @Nullable String failure) {
                board.trouble(null);
                terminal.news(
                        failure == null ? Tone.GOOD : Tone.BAD,
                        failure == null ? "mended: " + trouble.name() : trouble.name() + " went wrong: " + failure);
            }
        };
    }

    /** What is broken if nobody says what. */
    String byDefault() {
        return troubles.names().getFirst();
    }

    /** The keys of the records that belong in the dead letters. */
    public Set<String> injectedKeys() {
        return burst.keys();
    }
}
