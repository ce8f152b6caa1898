package io.flywatch.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class OptionsTest {
    /** The script shows it before anything is built. */
    private static final Path HELP = Path.of("help.txt");

    @Test
    void keepsTheHelpThatTheScriptShows() throws IOException {
        String help = new CommandLine(new Options())
                .setUsageHelpAutoWidth(false)
                .getUsageMessage(Ansi.OFF)
                .replace("\r\n", "\n");
        if (Boolean.getBoolean("flywatch.docs.write")) {
            Files.writeString(HELP, help);
        }

        assertThat(HELP).as("render it with -Dflywatch.docs.write=true").hasContent(help);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--break|power|can't be broken. There is slow-target, error-burst, stop-connector.",
                "--rate|-3|--rate is -3; it must be 0 or more.",
                "--dataset|/no/such.sql|There is no file /no/such.sql that can be read",
                "--port|runner=99999|--port runner=99999 is not understood",
                "--port|cook=8080|the parts are runner, processor",
                "--port-base|80|--port-base is 80; it must be between 1024 and 64000.",
            })
    void saysWhatIsWrongWithAnOptionAndWhatWouldBeRight(String option, String value, String words) {
        Options options = new Options();
        new CommandLine(options).parseArgs(option, value);

        assertThatThrownBy(() -> options.validate(Map.of()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.words()).contains(words));
    }
}
