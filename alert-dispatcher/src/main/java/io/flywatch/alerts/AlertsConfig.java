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

    /** Who can be told. */
    @ConfigMapping(prefix = "flywatch.receivers")
    public interface ReceiversConfig {
        /** Slack. */
        Slack slack();

        /** Email. */
        Email email();

        /** PagerDuty. */
        PagerDuty pagerduty();

        /** An incoming webhook of Slack. */
        interface Slack {
            /** The webhook's URL; a secret. */
            Optional<String> url();
        }

        /** Email; the server is in {@code quarkus.mailer.*}. */
        interface Email {
            /** To whom. */
            Optional<List<String>> to();

            /** From whom. */
            Optional<String> from();
        }

        /** The Events API v2 of PagerDuty. */
        interface PagerDuty {
            /** Where it is. */
            @WithDefault("https://events.pagerduty.com")
            String url();

            /** The integration's routing key; a secret. */
            Optional<String> routingKey();
        }
    }

    /** How notices are brought out. */
    @ConfigMapping(prefix = "flywatch.delivery")
    public interface DeliveryConfig {
        /** How long a receiver may take for one notice. */
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

        /** A notice that a worker took and said nothing of for so long is sent by another. */
        @WithDefault("PT1M")
        Duration claimFor();

        /** How many notices a receiver gets at the same time. */
        @WithDefault("4")
        int concurrency();

        /** How often the queue is looked at when nothing calls. */
        @WithDefault("PT0.5S")
        Duration lookEvery();

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
        /** Base URL of the migration-runner. */
        @WithDefault("http://127.0.0.1:8080")
        Optional<String> console();

        /** URL of the runbook; its anchors are the rules' names. */
        Optional<String> runbook();
    }
}
