package io.flywatch.quickstart;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flywatch.quickstart.boot.Services;
import io.flywatch.quickstart.process.Child;
import io.flywatch.quickstart.screen.Terminal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The launcher's main class. It exits with 0 if all went well, 1 if something did not, 2 if the options are wrong. */
public final class Quickstart {

    private static final Logger LOG = Logger.getLogger(Quickstart.class.getName());
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final Options options;
    private final Path home;
    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Closing closing = new Closing();
    private final AtomicReference<@Nullable Refusal> sudden = new AtomicReference<>();

    private Quickstart(Options options, Path home, Map<String, String> environment, Terminal terminal) {
        this.options = options;
        this.home = home;
        this.environment = environment;
        this.terminal = terminal;
    }

    /** Runs the command. */
    public static void main(String[] args) {
        Options options = new Options();
        CommandLine command = new CommandLine(options);
        try {
            command.parseArgs(args);
        } catch (ParameterException e) {
            say(e.getMessage() + ".\nSee ./quickstart --help.");
            System.exit(MISUSED);
        }
        if (command.isUsageHelpRequested()) {
            command.usage(System.out);
            return;
        }
        if (command.isVersionHelpRequested()) {
            command.printVersionHelp(System.out);
            return;
        }
        boolean isTerminal = Boolean.getBoolean("flywatch.terminal") && !options.plain;
        Path home = Path.of(System.getProperty("flywatch.home", "."))
                .toAbsolutePath()
                .normalize();
        Terminal terminal = Terminal.open(isTerminal, System.getenv());
        System.exit(new Quickstart(options, home, System.getenv(), terminal).run());
    }

    private static void say(String text) {
        new PrintStream(System.err, true, StandardCharsets.UTF_8).println(text);
    }

    private int run() {
        Path folder = Optional.ofNullable(options.runDir)
                .orElse(home.resolve("embedded-quickstart/target/run"))
                .toAbsolutePath()
                .normalize();
        try {
            options.validate(environment);
        } catch (Refusal e) {
            say(e.words() + "\nSee ./quickstart --help.");
            return MISUSED;
        }
        try {
            Optional<RunFolder> taken = RunFolder.take(folder);
            return taken.isPresent() ? inOwn(taken.get()) : inAnother(folder);
        } catch (Refusal e) {
            say(e.words());
            return FAILED;
        }
    }

    private int inAnother(Path folder) {
        String running = "A quickstart runs already, with its files in " + folder + ".";
        if (options.trouble == null || options.check) {
            throw new Refusal(running + " End it first, or give this one another place: --run-dir and --port-base.");
        }
        terminal.say(running);
        RunningQuickstart.at(RunFolder.control(folder)).breakThere(options.trouble, terminal);
        return 0;
    }

    private int inOwn(RunFolder folder) {
        Logging.toFile(folder.path().resolve("launcher.log"));
        // What the JVM and libraries print on standard error would spoil the picture.
        System.setErr(Logging.errorFile(folder.path().resolve("launcher.err")));
        Thread main = Thread.currentThread();
        Thread hook = Thread.ofPlatform().name("end").unstarted(() -> end(folder));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return new Session(options, terminal, closing, json())
                    .run(assembly(folder), folder, child -> ended(child, main));
        } catch (Refusal e) {
            return fail(sudden.get() == null ? e : sudden.get());
        } catch (Exception e) {
            Refusal known = sudden.get();
            if (known == null) {
                LOG.log(Level.SEVERE, "the quickstart failed", e);
            }
            return fail(
                    known == null ? new Refusal(e + " (see " + folder.path().resolve("launcher.log") + ")", e) : known);
        }
    }

    private Assembly assembly(RunFolder folder) {
        return new Assembly(options, environment, home, folder.path(), terminal, closing);
    }

    private int fail(Refusal refusal) {
        terminal.hide();
        terminal.say("");
        terminal.wrong(refusal.words());
        return FAILED;
    }

    private void ended(Child child, Thread main) {
        if (sudden.compareAndSet(null, Services.endedByItself(child))) {
            main.interrupt();
        }
    }

    private void end(RunFolder folder) {
        terminal.hide();
        terminal.aside("Ending everything …");
        closing.close();
        folder.close();
        terminal.aside("Ended. Nothing is left running; logs are in " + folder.path() + ".");
        terminal.close();
    }

    private static ObjectMapper json() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
