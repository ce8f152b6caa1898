package io.flywatch.alerts;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.flywatch.events.Topics;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** Kafka, PostgreSQL, a web inbox and a mail server for one test run. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    static final String SLACK_PATH = "/services/T0/B0/secret";
    static final String ROUTING_KEY = "a-routing-key";

    private static @Nullable EmbeddedKafka kafka;
    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable WireMockServer web;
    private static @Nullable GreenMail mail;

    @Override
    public Map<String, String> start() {
        Path files = folder();
        kafka = EmbeddedKafka.start(files.resolve("kafka"));
        postgres = EmbeddedPostgres.start(files.resolve("postgres"));
        postgres.createDatabase("flywatch");
        web = new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        web.start();
        PolicyIT.write(web.baseUrl(), "storm: {groups_per_minute: 0}");
        NightIT.write(web.baseUrl(), "");
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        createTopics(kafka.bootstrapServers());
        Map<String, String> config = new HashMap<>();
        config.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        config.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl("flywatch"));
        config.put("quarkus.datasource.username", EmbeddedPostgres.USER);
        config.put("quarkus.datasource.password", EmbeddedPostgres.PASSWORD);
        config.put("flywatch.connect.url", "http://127.0.0.1:1");
        config.put("flywatch.receivers.slack.url", web.baseUrl() + SLACK_PATH);
        config.put("flywatch.receivers.pagerduty.url", web.baseUrl());
        config.put("flywatch.receivers.pagerduty.routing-key", ROUTING_KEY);
        config.put("flywatch.receivers.email.to", "oncall@example.org");
        config.put("flywatch.receivers.email.from", "Flywatch <flywatch@example.org>");
        config.put("quarkus.mailer.host", "127.0.0.1");
        config.put("quarkus.mailer.port", String.valueOf(mail.getSmtp().getPort()));
        return config;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("flywatch-alerts");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createTopics(String servers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.ANOMALIES, Optional.of(1), Optional.empty()),
                            new NewTopic(Topics.PROGRESS, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static String kafka() {
        return there(kafka).bootstrapServers();
    }

    static EmbeddedPostgres postgres() {
        return there(postgres);
    }

    static WireMockServer web() {
        return there(web);
    }

    static GreenMail mail() {
        return there(mail);
    }

    private static <T> T there(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started");
        }
        return part;
    }

    @Override
    public void stop() {
        there(mail).stop();
        there(web).stop();
        there(postgres).close();
        there(kafka).close();
    }
}
