package io.flywatch.alerts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service's configuration. Secrets come from the environment, e.g. {@code FLYWATCH_RECEIVERS_SLACK_URL}. */
public final class AlertsConfig {

    private AlertsConfig() {}

    /** Who is told, by severity. */
    @ConfigMapping(prefix = "flywatch.routes")
    public interface Routing {
        /** Who is told of what is good to know. */
        Optional<List<String>> info();

        /** Who is told of warnings. */
        @WithDefault("slack,email")
        Optional<List<String>> warning();

        /** Who is told of what is critical. */
        @WithDefault("slack,email,pagerduty")
        Optional<List<String>> critical();
    }

    /** Who can be told, beside those of the policy's file. */
    @ConfigMapping(prefix = "flywatch.receivers")
    public interface ReceiversConfig {
        /** Slack. */
        Slack slack();

        /** Email. */
        Email email();

        /** PagerDuty. */
        PagerDuty pagerduty();

        /** Any HTTP endpoint. */
        Webhook webhook();

        /** An incoming webhook of Slack, or a bot. */
        interface Slack {
            /** The webhook's URL; a secret. */
            Optional<String> url();

            /** A bot's token; a secret. With it messages are edited and answered in threads. */
            Optional<String> token();

            /** Where the bot posts. */
            Optional<String> channel();
        }

        /** Email; the server is in {@code quarkus.mailer.*}. */
        interface Email {
            /** To whom. */
            Optional<List<String>> to();

            /** From whom. */
            Optional<String> from();

            /** Whether mail may go to another machine in plain text. */
            @WithDefault("false")
            boolean allowPlain();
        }

        /** The Events API v2 of PagerDuty. */
        interface PagerDuty {
            /** Where it is. */
            @WithDefault("https://events.pagerduty.com")
            String url();

            /** The integration's routing key; a secret. */
            Optional<String> routingKey();
        }

        /** Any HTTP endpoint. */
        interface Webhook {
            /** Where it is. */
            Optional<String> url();

            /** What bodies are signed with; a secret. */
            Optional<String> secret();

            /** Whether it may be on this machine or in its networks. */
            @WithDefault("false")
            boolean allowPrivate();
        }
    }

    /** Where the policy is. */
    @ConfigMapping(prefix = "flywatch.policy")
    public interface PolicyConfig {
        /** A YAML file; without it alerts are routed by severity ({@code flywatch.routes}). */
        Optional<String> file();

        /** How often the file is looked at. */
        @WithDefault("PT5S")
        Duration lookEvery();
    }

    /** What is taken in, and how much. */
    @ConfigMapping(prefix = "flywatch.intake")
    public interface IntakeConfig {
        /** After how long an alert without an end counts as over if it is not heard of again. */
        @WithDefault("PT5M")
        Duration resolveTimeout();

        /** So many alerts may come in one request. */
        @WithDefault("10000")
        int alerts();

        /** So many labels, and so many annotations, may an alert have. */
        @WithDefault("64")
        int entries();

        /** So long may a label's value be. */
        @WithDefault("1024")
        int label();

        /** So long may an annotation be; what is longer is cut. */
        @WithDefault("16384")
        int annotation();
    }

    /** How long history is kept. */
    @ConfigMapping(prefix = "flywatch.retention")
    public interface RetentionConfig {
        /** Alerts that are over. */
        @WithDefault("P30D")
        Duration alerts();

        /** Decisions, notices and silences. */
        @WithDefault("P30D")
        Duration history();
    }

    /** When statistics count as missing. */
    @ConfigMapping(prefix = "flywatch.statistics")
    public interface StatisticsConfig {
        /** A run that nothing was heard of for so long raises the alert {@code no_statistics}; zero for never. */
        @WithDefault("PT2M")
        Duration missingAfter();
    }

    /** Words. */
    @ConfigMapping(prefix = "flywatch.templates")
    public interface TemplatesConfig {
        /** A folder with templates that replace the built-in ones: title.txt, summary.txt, alert.txt, alert.html. */
        Optional<String> location();
    }

    /** How notices are brought out. */
    @ConfigMapping(prefix = "flywatch.delivery")
    public interface DeliveryConfig {
        /** How long a receiver may take for one notice. One that did not answer in time is given more, up to four times this. */
        @WithDefault("PT10S")
        Duration timeout();

        /** The wait after a first failure; it doubles with each. */
        @WithDefault("PT1S")
        Duration firstWait();

        /** The longest wait between attempts. */
        @WithDefault("PT5M")
        Duration longestWait();

        /** A notice older than this is not tried again. */
        @WithDefault("PT24H")
        Duration giveUpAfter();

        /** What a replica had in hand that gives no sign of life for so long is sent by another. */
        @WithDefault("PT5S")
        Duration takeOverAfter();

        /** After so many failures in a row a receiver is left alone for a while. */
        @WithDefault("8")
        int breakAfter();

        /** How long it is left alone. */
        @WithDefault("PT15S")
        Duration breakFor();
    }

    /** Where readers of notices go next. */
    @ConfigMapping(prefix = "flywatch.links")
    public interface LinksConfig {
        /**
         * URL of a migration's page; {@code {migration}} in it is replaced. Without that it is the base URL of the migration-runner,
         * whose JSON of the migration is linked.
         */
        @WithDefault("http://127.0.0.1:8080")
        Optional<String> console();

        /** URL of a dashboard; {@code {migration}} in it is replaced. */
        Optional<String> dashboard();

        /** URL of the runbook; its anchors are the rules' names. */
        Optional<String> runbook();
    }
}
