package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Declarations.Broken;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.migration.Flaw;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder of declarations, read anew each time, so that an edited file counts from the next request on. */
public final class MigrationFolder {
    private final Path folder;

    public MigrationFolder(Path folder) {
        this.folder = folder;
    }

    /** What a run was started with. Throws {@link RunFailure} if this version doesn't understand it any more. */
    public static Declared kept(String file, String text) {
        List<Declared> valid = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        MigrationParser.parse(file, text, valid::add, broken::add);
        if (valid.isEmpty()) {
            String flaw = broken.getFirst().flaws().getFirst().text();
            throw new RunFailure(FailureType.DECLARATION, "The run's declaration is not understood any more: " + flaw);
        }
        return valid.getFirst();
    }

    /** All that the folder's YAML and JSON files declare now. */
    public Declarations read() {
        List<Declared> valid = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        for (Path file : files(broken)) {
            String name = folder.relativize(file).toString();
            try {
                MigrationParser.parse(name, Files.readString(file), valid::add, broken::add);
            } catch (IOException e) {
                broken.add(unreadable(name, "The file can't be read as UTF-8 text: " + e.getMessage() + "."));
            }
        }
        return withoutDuplicates(valid, broken);
    }

    /** Is another as soon as a file was added, changed or removed. */
    public String stamp() {
        StringBuilder stamp = new StringBuilder();
        for (Path file : files(new ArrayList<>())) {
            try {
                stamp.append(file)
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file));
            } catch (IOException e) {
                stamp.append(" gone");
            }
        }
        return stamp.toString();
    }

    private List<Path> files(List<Broken> broken) {
        if (!Files.isDirectory(folder)) {
            broken.add(unreadable(folder.toString(), "The folder of flywatch.migrations.location isn't there."));
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(MigrationFolder::isDeclaration)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            broken.add(unreadable(folder.toString(), "The folder can't be read: " + e.getMessage() + "."));
            return List.of();
        }
    }

    private static boolean isDeclaration(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    private static Declarations withoutDuplicates(List<Declared> valid, List<Broken> broken) {
        Map<String, List<Declared>> byId = new TreeMap<>();
        valid.forEach(it -> byId.computeIfAbsent(it.migration().id(), id -> new ArrayList<>())
                .add(it));
        List<Declared> unique = new ArrayList<>();
        byId.forEach((id, all) -> {
            if (all.size() == 1) {
                unique.add(all.getFirst());
                return;
            }
            String files = String.join(", ", all.stream().map(Declared::file).toList());
            all.forEach(it -> broken.add(new Broken(
                    it.file(),
                    id,
                    List.of(new Flaw(
                            it.file(),
                            1,
                            1,
                            "$.id",
                            "The id '" + id + "' is declared by several files: " + files + ".",
                            "Give each migration its own id.")))));
        });
        return new Declarations(unique, broken);
    }

    private static Broken unreadable(String name, String message) {
        return new Broken(name, name, List.of(new Flaw(name, 1, 1, "$", message, "Make it readable for the runner.")));
    }
}
