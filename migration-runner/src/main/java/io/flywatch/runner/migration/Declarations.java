package io.flywatch.runner.migration;

import io.flywatch.runner.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a folder declares.
 *
 * @param valid by id
 * @param broken by file
 */
public record Declarations(List<Declared> valid, List<Broken> broken) {
    public Declarations {
        valid = List.copyOf(valid);
        broken = List.copyOf(broken);
    }

    /**
     * A migration and the text that declares it. A run keeps the text, so that an edited file doesn't change a run that is on its
     * way.
     *
     * @param schedule when it is started by itself; null if never
     */
    public record Declared(
            String file,
            String text,
            Migration migration,
            @Nullable Schedule schedule) {}

    /**
     * A file that declares nothing, as it is wrong.
     *
     * @param id the id that it would declare, or its name without extension
     */
    public record Broken(String file, String id, List<Flaw> flaws) {
        public Broken {
            flaws = List.copyOf(flaws);
        }
    }

    /** The valid migration of that id. */
    public Optional<Declared> find(String id) {
        return valid.stream().filter(it -> it.migration().id().equals(id)).findFirst();
    }

    /** What is wrong with the files that would declare that id. */
    public List<Flaw> flawsOf(String id) {
        return broken.stream()
                .filter(it -> it.id().equals(id))
                .flatMap(it -> it.flaws().stream())
                .toList();
    }

    /** The ids of all valid migrations. */
    public List<String> ids() {
        return valid.stream().map(it -> it.migration().id()).toList();
    }
}
