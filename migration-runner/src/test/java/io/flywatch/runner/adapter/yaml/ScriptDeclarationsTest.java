package io.flywatch.runner.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.blocking.BlockingPolicy;
import io.flywatch.runner.migration.Declarations.Broken;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.migration.Flaw;
import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.SqlMigration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptDeclarationsTest {

    @Test
    void readsScripts() {
        SqlMigration migration = (SqlMigration) valid("""
                kind: sql
                id: a
                connection: shop
                locations: [ orders, ../common ]
                schema: sales
                table: history
                encoding: ISO-8859-1
                placeholders: { tenant: acme }
                target: "2.1"
                baseline: 1
                outOfOrder: true
                blocking: { warnAfter: PT2S, cancelAfter: PT1M }
                """);

        assertThat(migration.scripts())
                .isEqualTo(new SqlMigration.Scripts(
                        List.of("orders", "../common"), StandardCharsets.ISO_8859_1, Map.of("tenant", "acme")));
        assertThat(migration.history()).isEqualTo(new SqlMigration.History("sales", "history", "2.1", "1", true));
        assertThat(migration.blocking()).isEqualTo(new BlockingPolicy(Duration.ofSeconds(2), Duration.ofMinutes(1)));
    }

    @Test
    void saysWhatIsWrongWithADeclarationOfScripts() {
        assertThat(flaws("""
                kind: sql
                id: a
                connection: shop
                locations: []
                encoding: latin
                target: latest
                blocking: { warnAfter: 5 }
                """))
                .extracting(Flaw::text)
                .containsExactly(
                        "a.yaml:4:12 $.locations: 'locations' is no list, or an empty one. Write a list of folders, relative to this one, e.g. [orders].",
                        "a.yaml:5:11 $.encoding: 'latin' is no encoding. Write e.g. UTF-8, ISO-8859-1 or windows-1252.",
                        "a.yaml:6:9 $.target: 'latest' is no version. Write a version as the scripts' names have it, in quotes, e.g. \"1.2\".",
                        "a.yaml:7:24 $.blocking.warnAfter: For 'warnAfter' here stands the number 5. Write an ISO 8601 duration above zero and of at most P3650D, e.g. PT0.2S or PT10S.");
    }

    private static Migration valid(String text) {
        List<Declared> valid = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        MigrationParser.parse("a.yaml", text, valid::add, broken::add);
        assertThat(broken).isEmpty();
        return valid.getFirst().migration();
    }

    private static List<Flaw> flaws(String text) {
        List<Broken> broken = new ArrayList<>();
        MigrationParser.parse("a.yaml", text, it -> {}, broken::add);
        return broken.getFirst().flaws();
    }
}
