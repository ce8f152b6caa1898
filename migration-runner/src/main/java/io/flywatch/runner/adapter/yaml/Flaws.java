package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.migration.Flaw;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with one file, so that all of it is told at once. */
final class Flaws {
    private final String file;
    private final List<Flaw> all = new ArrayList<>();

    Flaws(String file) {
        this.file = file;
    }

    void add(Located.Place place, String message, String remedy) {
        all.add(new Flaw(file, place.line(), place.column(), place.path(), message, remedy));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** In the order of the file. */
    List<Flaw> all() {
        return all.stream()
                .sorted(Comparator.comparingInt(Flaw::line).thenComparingInt(Flaw::column))
                .toList();
    }
}
