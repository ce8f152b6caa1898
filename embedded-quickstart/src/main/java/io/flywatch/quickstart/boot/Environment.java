package io.flywatch.quickstart.boot;

import io.flywatch.quickstart.inbox.Inbox;
import io.flywatch.quickstart.source.Database;
import io.flywatch.quickstart.target.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the services are told, all of it by environment variables.
 *
 * @param ports who listens where
 * @param control the control database
 * @param source the database that is moved
 * @param target where it goes
 * @param inbox who is alerted
 * @param migrations the folder of declarations
 */
public record Environment(Ports ports, Database control, Database source, Target target, Inbox inbox, Path migrations) {

    /** The thresholds of the demo in words; in earnest they are longer. */
    public static final String THRESHOLDS =
            "For the demo the rules are quick: high_lag at 5 s (60 s in earnest), stalled after 12 s (60 s), recovery after 5 s (10 s).";

    Map<String, String> of(Service service) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(ports.number(service.port())));
        variables.put("QUARKUS_CONSOLE_COLOR", "false");
        variables.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.number(Port.KAFKA));
        variables.put("FLYWATCH_CONNECT_URL", ports.url(Port.CONNECT));
        switch (service) {
            case RUNNER -> {
                control(variables);
                connections(variables);
                variables.put("FLYWATCH_MIGRATIONS_LOCATION", migrations.toString());
            }
            case PROCESSOR -> connections(variables);
            case ANOMALIES -> rules(variables);
            case ALERTS -> {
                control(variables);
                receivers(variables);
            }
        }
        return variables;
    }

    private void control(Map<String, String> variables) {
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", control.jdbcUrl());
        variables.put("QUARKUS_DATASOURCE_USERNAME", control.user());
        variables.put("QUARKUS_DATASOURCE_PASSWORD", control.password());
    }

    private void connections(Map<String, String> variables) {
        variables.put("FLYWATCH_CONNECTIONS_SOURCE_URL", source.jdbcUrl());
        variables.put("FLYWATCH_CONNECTIONS_SOURCE_USERNAME", source.user());
        variables.put("FLYWATCH_CONNECTIONS_SOURCE_PASSWORD", source.password());
        variables.put("FLYWATCH_CONNECTIONS_TARGET_URL", target.serviceUri());
    }

    private static void rules(Map<String, String> variables) {
        variables.put("FLYWATCH_RULES_HIGH_LAG_WARNING", "PT5S");
        variables.put("FLYWATCH_RULES_HIGH_LAG_CRITICAL", "PT60S");
        variables.put("FLYWATCH_RULES_HIGH_LAG_AFTER", "PT3S");
        variables.put("FLYWATCH_RULES_STALLED_AFTER", "PT12S");
        variables.put("FLYWATCH_RULES_HIGH_ERROR_RATE_WINDOW", "PT15S");
        variables.put("FLYWATCH_RULES_RECOVERY", "PT5S");
    }

    private void receivers(Map<String, String> variables) {
        variables.put("FLYWATCH_ROUTES_WARNING", "slack,email,pagerduty");
        variables.put("FLYWATCH_ROUTES_CRITICAL", "slack,email,pagerduty");
        variables.put("FLYWATCH_RECEIVERS_SLACK_URL", inbox.slackUrl());
        variables.put("FLYWATCH_RECEIVERS_PAGERDUTY_URL", inbox.pagerDutyUrl());
        variables.put("FLYWATCH_RECEIVERS_PAGERDUTY_ROUTING_KEY", "quickstart");
        variables.put("FLYWATCH_RECEIVERS_EMAIL_TO", "oncall@flywatch.example");
        variables.put("FLYWATCH_RECEIVERS_EMAIL_FROM", "flywatch@flywatch.example");
        variables.put("QUARKUS_MAILER_HOST", "127.0.0.1");
        variables.put("QUARKUS_MAILER_PORT", Integer.toString(inbox.smtpPort()));
        variables.put("QUARKUS_MAILER_START_TLS", "DISABLED");
        variables.put("QUARKUS_MAILER_LOGIN", "DISABLED");
        variables.put("FLYWATCH_LINKS_CONSOLE", ports.url(Port.RUNNER));
    }
}
