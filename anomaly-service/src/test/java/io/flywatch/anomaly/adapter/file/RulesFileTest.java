package io.flywatch.anomaly.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RulesFileTest {

    @Test
    void readsChangedThresholdsOwnRulesAndMaintenance() {
        RulesFile read = RulesFile.read("""
                rules:
                  high-lag: {warning: PT90S}
                declared:
                  - {series: stage/capture, above: 5, clears: 3, for: PT10S, critical: 20, meaning: captured late}
                maintenance:
                  - {migration: shop, from: "2026-11-23T01:00:00Z", to: "2026-11-23T02:00:00Z", reason: index}
                """);

        assertThat(read.flaws()).isEmpty();
        assertThat(read.settings()).containsEntry("high-lag.warning", "PT90S");
        assertThat(read.declared()).singleElement().satisfies(rule -> {
            assertThat(rule.warning()).isEqualTo(5);
            assertThat(rule.clears()).isEqualTo(3);
            assertThat(rule.critical()).isEqualTo(20);
        });
        assertThat(read.maintenance())
                .singleElement()
                .satisfies(it -> assertThat(it.migration()).isEqualTo("shop"));
    }

    @Test
    void saysWhereEachFlawIs() {
        RulesFile read = RulesFile.read("""
                declared:
                  - {series: lag, above: much}
                  - {series: lag, above: 5, clears: 7}
                maintenance:
                  - {from: today, to: "2026-11-23T02:00:00Z"}
                extra: 1
                polled:
                  - {name: two words, query: up}
                  - {name: up, query: up, bad: sideways}
                  - {name: down, query: up, least: -1}
                """);

        assertThat(read.flaws())
                .containsExactlyInAnyOrder(
                        "line 2, column 26: 'much' is no number",
                        "line 3, column 5: there is another declared rule for the series 'lag'; use 'critical' for a second bound",
                        "line 3, column 37: 'clears' must be on the good side of the bound 5.0",
                        "line 5, column 12: 'today' is no time such as 2026-11-23T01:00:00Z",
                        "line 8, column 5: a polled series needs a 'name' of letters, digits, '_', '.' and '-', and a 'query'",
                        "line 9, column 32: bad is 'up', 'down' or 'both', and not 'sideways'",
                        "line 10, column 36: 'least' must not be negative",
                        "line 6, column 1: there is no 'extra' here; there are rules, declared, polled, maintenance");
    }

    @Test
    void readsWhatPrometheusIsAskedFor() {
        RulesFile read = RulesFile.read("""
                polled:
                  - {name: disk, query: 'disk{m="$migration"}', migration: shop, unit: percent, bad: up, least: 2, judged: true}
                """);

        assertThat(read.flaws()).isEmpty();
        assertThat(read.polled()).singleElement().satisfies(query -> {
            assertThat(query.of("a\"b")).isEqualTo("disk{m=\"a\\\"b\"}");
            assertThat(query.isOf("shop")).isTrue();
            assertThat(query.isOf("other")).isFalse();
            assertThat(query.meaning().nature().minWidth()).isEqualTo(2);
            assertThat(query.meaning().watched()).isTrue();
        });
    }

    @Test
    void saysWhereItIsNoYaml() {
        assertThat(RulesFile.read("rules: [").flaws())
                .singleElement()
                .asString()
                .startsWith("line 1, column 9: ");
    }
}
