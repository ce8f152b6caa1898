package io.flywatch.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.flywatch.alerts.Dialogue.SOON;
import static io.flywatch.alerts.Dialogue.alert;
import static io.flywatch.alerts.Dialogue.ended;
import static io.flywatch.alerts.Dialogue.taken;
import static io.flywatch.alerts.Dialogue.told;
import static io.flywatch.alerts.Dialogue.v2;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.icegreen.greenmail.util.GreenMailUtil;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What receivers get to read: edited, replaced, harmless, and without secrets. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(NightProfile.class)
class WordsIT {

    @Inject
    ObjectMapper json;

    @BeforeEach
    void startWithEmptyInboxes() {
        NightIT.emptyInboxes();
    }

    @Test
    void takesReplacedWordsAtOnceAndTheBuiltInOnesWhereTheyAreBroken() throws Exception {
        Path folder = Files.createDirectories(NightProfile.WORDS);
        try {
            Files.writeString(
                    folder.resolve("title.txt"), "Our own: {message.severity} {story.first.name}\n second line");
            Files.writeString(folder.resolve("alert.txt"), "Dear all, {message.summary}");
            String preview = preview("Words");
            Files.writeString(folder.resolve("title.txt"), "{message.nothing.of.this}");
            String broken = preview("Words");
            taken(alert("Words", "mail", ""));

            assertThat(preview).contains("Subject: Our own: WARNING Words", " second line\n", "Dear all, Words");
            assertThat(broken).doesNotContain("Our own").contains("Subject: [WARNING] Words", "Dear all, Words");
            await().atMost(SOON).untilAsserted(() -> assertThat(mail("Words")).hasSize(1));
            assertThat(mail("Words").getFirst().getSubject()).isEqualTo("[WARNING] Words");
        } finally {
            Files.deleteIfExists(folder.resolve("title.txt"));
            Files.deleteIfExists(folder.resolve("alert.txt"));
        }
        assertThat(preview("Words")).doesNotContain("Dear all");
    }

    private static String preview(String name) {
        return Dialogue.post("/api/v1/preview", "{\"labels\":{\"alertname\":\"" + name + "\",\"team\":\"mail\"}}")
                .statusCode(200)
                .extract()
                .path("[0].messages.mail");
    }

    @Test
    void letsNothingIntoTheHeadersOfAMail() throws Exception {
        String evil = "Injected\\r\\nBcc: thief@example.org\\r\\nX-Evil: yes\\r\\n\\r\\nbody";
        v2("[{\"labels\":{\"alertname\":\"" + evil + "\",\"team\":\"mail\"}}]").statusCode(400);
        Files.writeString(Files.createDirectories(NightProfile.WORDS).resolve("title.txt"), "{message.summary}");
        try {
            taken("[{\"labels\":{\"alertname\":\"Header\",\"team\":\"mail\"},\"annotations\":{\"summary\":\"" + evil
                    + " \u00e4\u2028\ud83d\udd25 <b>\"}}]");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(mail("Injected")).hasSize(1));
        } finally {
            Files.delete(NightProfile.WORDS.resolve("title.txt"));
        }
        MimeMessage mail = mail("Injected").getFirst();
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("night@example.org");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getHeader("X-Evil")).isNull();
        assertThat(mail.getSubject().replaceAll("[ \ufffd]+", " "))
                .startsWith("Injected Bcc: thief@example.org X-Evil: yes body")
                .contains("\u00e4", "\ud83d\udd25")
                .doesNotContain("\r", "\n");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(GreenMailUtil.getWholeMessage(mail)).contains("&lt;b&gt;").doesNotContain("<b>\r\n<b>");
    }

    private static List<MimeMessage> mail(String what) {
        return Stream.of(Surroundings.mail().getReceivedMessages())
                .filter(mail -> GreenMailUtil.getWholeMessage(mail).contains(what))
                .toList();
    }

    @Test
    void editsTheBotsMessageAndAnswersInItsThread() throws Exception {
        String ok = "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1700000000.000100\"}";
        Surroundings.web().stubFor(post(urlEqualTo("/api/chat.postMessage")).willReturn(okJson(ok)));
        Surroundings.web().stubFor(post(urlEqualTo("/api/chat.update")).willReturn(okJson(ok)));

        taken(alert("Bot", "bot", ""));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(told("/api/chat.postMessage", "Bot")).hasSize(1));
        taken(alert("Bot", "bot", ended()));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(told("/api/chat.postMessage", "Bot")).hasSize(2));
        LoggedRequest first = told("/api/chat.postMessage", "Bot").getFirst();
        JsonNode edit = json.readTree(told("/api/chat.update", "Bot").getFirst().getBodyAsString());
        JsonNode reply =
                json.readTree(told("/api/chat.postMessage", "Bot").getLast().getBodyAsString());
        assertThat(first.getHeader("Authorization")).isEqualTo("Bearer " + NightProfile.TOKEN);
        assertThat(json.readTree(first.getBodyAsString()).at("/channel").asText())
                .isEqualTo("C1");
        assertThat(edit.at("/ts").asText()).isEqualTo("1700000000.000100");
        assertThat(edit.toString()).contains("[RESOLVED]").contains("#2eb67d");
        assertThat(reply.at("/thread_ts").asText()).isEqualTo("1700000000.000100");
        assertThat(reply.at("/text").asText()).startsWith("[RESOLVED] Bot: it is over: ");

        Surroundings.web()
                .stubFor(post(urlEqualTo("/api/chat.postMessage"))
                        .willReturn(okJson("{\"ok\":false,\"error\":\"invalid_auth\\u0000\"}")));
        taken(alert("Bot2", "bot", ""));
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/notices?receiver=bot")
                        .then()
                        .body("[0].state", Matchers.is("refused"))
                        .body("[0].outcome", Matchers.is("Slack says invalid_auth")));
    }

    @Test
    void showsWhatComesFromOutsideAsTextAndRefusesWhatIsNone() {
        taken(
                "[{\"labels\":{\"alertname\":\"<img src=x>\\u202e\",\"team\":\"bot\"},\"annotations\":{\"summary\":\"*b* <!here>\\u0007\"}}]");
        given().contentType("application/json")
                .body("{\"matchers\":[\"team=a\",\"team=b\"],\"duration\":\"1h\",\"createdBy\":\"kim\"}")
                .post("/api/v1/silences")
                .then()
                .statusCode(400)
                .body("detail", Matchers.containsString("nothing would ever match"));
        given().contentType("application/json")
                .body(
                        "{\"labels\":{\"alertname\":\"P\",\"team\":\"bot\"},\"annotations\":{\"summary\":\"*b* <!here>\\u202e\"}}")
                .post("/api/v1/preview")
                .then()
                .body("[0].messages.bot", Matchers.containsString("\u200b*b* &lt;!here&gt;\ufffd"))
                .body("[0].messages.bot", Matchers.not(Matchers.containsString("\u202e")));
    }

    @Test
    void writesNoSecretAnywhere() throws Exception {
        String answers = given().get("/api/v1/receivers").asString()
                + given().get("/api/v1/policy").asString()
                + given().get("/api/v2/status").asString()
                + given().get("/q/metrics").asString();
        assertThat(answers).doesNotContain(NightProfile.TOKEN);
        assertThat(Files.readString(Path.of(NightProfile.LOG)))
                .contains("receiver declared")
                .doesNotContain(NightProfile.TOKEN);
    }
}
