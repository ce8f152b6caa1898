package io.flywatch.alerts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.adapter.file.PolicyFile;
import io.flywatch.alerts.adapter.file.PolicyFile.Reading;
import io.flywatch.alerts.adapter.file.Secrets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy's file: what is documented is what is read, and what is wrong is refused with its place. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(NightProfile.class)
class PolicyReferenceIT {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String TOP = "receivers: [{name: a, type: webhook, url: \"https://a.example\"}]\n";
    private static final String ROUTE = "route: {receiver: a}\n";
    /** One for each place that has settings; the parser names those that it knows. */
    private static final List<String> PLACES = List.of(
            "zz: 1",
            "receivers: [{type: slack, zz: 1}]",
            "receivers: [{type: email, zz: 1}]",
            "receivers: [{type: pagerduty, zz: 1}]",
            "receivers: [{type: webhook, zz: 1}]",
            "route: {zz: 1}",
            "inhibit_rules: [{zz: 1}]",
            "mute_times: [{zz: 1}]",
            "mute_times: [{windows: [{zz: 1}]}]",
            "escalations: [{name: a, zz: 1}]",
            "escalations: [{name: a, steps: [{zz: 1}]}]",
            "flapping: {zz: 1}",
            "storm: {zz: 1}",
            "silences: {zz: 1}",
            "heartbeat: {zz: 1}");

    @Inject
    Receivers receivers;

    @Test
    void documentsEverySettingAndShowsItInTheExample() throws IOException {
        String page = Files.readString(DOCS.resolve("alerting.md"));
        String example = Files.readString(DOCS.resolve("examples/alert-policy.yaml"));
        Set<String> settings = new TreeSet<>();
        for (String place : PLACES) {
            var named = Pattern.compile("'zz' here; there are ([a-z_, ]+)")
                    .matcher(String.join("\n", read(place).flaws()));
            assertThat(named.find()).as(place).isTrue();
            settings.addAll(List.of(named.group(1).strip().split(", ", -1)));
        }

        assertThat(settings).hasSizeGreaterThan(40).allSatisfy(setting -> {
            assertThat(page).as("docs/alerting.md").containsPattern("\\b" + setting + "\\b");
            assertThat(example).as("docs/examples/alert-policy.yaml").containsPattern("\\b" + setting + ":");
        });
        assertThat(read(example).flaws()).isEmpty();
        assertThat(example.lines().count()).isGreaterThan(50);
    }

    @Test
    void refusesWhatCanNotBeMeantAndSaysWhere() {
        assertThat(
                        flaws(
                                TOP + ROUTE
                                        + "escalations: [{name: x, steps: [{after: 1m, receivers: [a]}], then: y}, {name: y, steps: [{after: 1m, receivers: [a]}], then: x}]"))
                .anyMatch(flaw -> flaw.contains("line 3") && flaw.contains("in a circle: x then y then x"));
        assertThat(flaws(TOP + "route: {receiver: b}"))
                .containsExactly("line 2, column 19: there is no receiver 'b'; there are a");
        assertThat(flaws(TOP + "route: {receiver: a, routes: [{matchers: [x=1, x=2]}]}"))
                .containsExactly("line 2, column 42: x=\"1\" and x=\"2\" can't both hold: nothing would ever match");
        assertThat(flaws(TOP + "route: {receiver: a, routes: [{matchers: ['x=~\"(\"']}]}"))
                .singleElement()
                .satisfies(flaw -> assertThat(flaw).contains("line 2, column", "is no regular expression"));
        assertThat(flaws(TOP + "route: {receiver: a, routes: [{receiver: a}, {matchers: [x=1]}]}"))
                .singleElement()
                .satisfies(flaw -> assertThat(flaw).contains("nothing comes to this route"));
        assertThat(flaws("receivers: [{name: a, type: webhook, url: \"https://a\", alow_private: true}]\n" + ROUTE))
                .singleElement()
                .satisfies(flaw -> assertThat(flaw).contains("line 1, column", "no setting 'alow_private'"));
        assertThat(flaws("receivers: [{name: a, type: webhook, url: \"https://a\", allow_private: yes}]\n" + ROUTE))
                .containsExactly("line 1, column 71: 'yes' is neither true nor false");
        assertThat(flaws(TOP + ROUTE + "mute_times: [{name: n, windows: [{zone: Mars}]}]"))
                .singleElement()
                .satisfies(flaw -> assertThat(flaw).contains("line 3, column 41", "no time zone"));
        assertThat(flaws("receivers: [{name: a, type: webhook, url: \"${missing}\"}]\n" + ROUTE))
                .containsExactly("line 1, column 43: ${missing} is not set");
        assertThat(flaws("route: ["))
                .singleElement()
                .satisfies(flaw -> assertThat(flaw).startsWith("line "));
    }

    @Test
    void takesRangesOfDaysAndMonthsAsAlertmanagerWritesThem() {
        String mute = TOP + ROUTE + "mute_times: [{name: n, windows: [{weekdays: [\"%s\"], months: [\"%s\"]}]}]";

        assertThat(flaws(mute.formatted("monday:friday", "11:february"))).isEmpty();
        assertThat(read(mute.formatted("monday:friday", "11:2")))
                .isEqualTo(read(mute.formatted("mon-friday", "november-feb")));
        assertThat(flaws(mute.formatted("1:5", "13"))).hasSize(2).allMatch(flaw -> flaw.contains("is not known"));
    }

    @Test
    void describesItsInterfaceWithExamplesAnswersAndErrors() {
        given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .body("paths.'/api/v1/alerts'.post.responses.keySet()", Matchers.hasItems("200", "400", "503"))
                .body(
                        "paths.'/api/v1/alerts'.post.responses.'200'.content.'application/json'.schema",
                        Matchers.notNullValue())
                .body(
                        "paths.'/api/v1/alerts'.post.requestBody.content.'application/json'.examples.example",
                        Matchers.notNullValue())
                .body(
                        "paths.'/api/v1/silences'.post.requestBody.content.'application/json'.schema",
                        Matchers.notNullValue())
                .body("paths.'/api/v1/preview'.post.responses.keySet()", Matchers.hasItems("200", "400"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/silences|{\"matchers\": [\"a=b\"], \"duration\": \"PT9000000000000000000S\", \"createdBy\": \"kim\"}|at most 3650 days",
                "/api/v1/silences|{\"matchers\": [\"a=b\"], \"durtion\": \"1h\", \"createdBy\": \"kim\"}|the field 'durtion' is unknown",
                "/api/v1/silences|{\"matchers\": [null], \"duration\": \"1h\", \"createdBy\": \"kim\"}|null stands where a value",
                "/api/v2/silences|{\"matchers\": [null]}|null stands where a value",
                "/api/v2/silences|{\"matchers\": [{\"value\": \"x\"}]}|has no name",
                "/api/v2/silences|{\"matchers\": [{\"name\": \"a\", \"value\": \"b\"}], \"startsAt\": \"+1000000000-12-31T23:59:59Z\", \"endsAt\": \"2126-01-01T00:00:00Z\", \"createdBy\": \"kim\"}|far from now",
                "/api/v1/alerts|{}|has to stand a list"
            })
    void refusesABodyInItsOwnWords(String path, String body, String detail) {
        given().contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", Matchers.containsString(detail))
                .body("detail", Matchers.not(Matchers.containsString("io.flywatch")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts/%00", "silences/%00", "notices?receiver=%00", "alerts?migration=a%00b"})
    void refusesAnIdThatNoDatabaseTakes(String path) {
        given().urlEncodingEnabled(false)
                .get("/api/v1/" + path)
                .then()
                .statusCode(400)
                .body("remedy", Matchers.notNullValue());
    }

    @Test
    void keepsASilenceThatCanNotBeChangedLikeThat() {
        String id = given().contentType("application/json")
                .body("{\"matchers\": [\"alertname=\\\"Kept\\\"\"], \"duration\": \"1h\", \"createdBy\": \"kim\"}")
                .post("/api/v1/silences")
                .then()
                .statusCode(200)
                .extract()
                .path("id");

        given().contentType("application/json")
                .body("{\"id\": \"" + id + "\", \"matchers\": [], \"createdBy\": \"kim\"}")
                .post("/api/v2/silences")
                .then()
                .statusCode(400);

        given().get("/api/v1/silences/" + id).then().body("state", Matchers.equalTo("active"));
    }

    private List<String> flaws(String text) {
        return read(text).flaws();
    }

    private Reading read(String text) {
        Secrets secrets =
                new Secrets(name -> name.equals("missing") ? Optional.empty() : Optional.of("https://x.example/y"));
        return new PolicyFile(Map.of(), receivers::type, secrets).read(text);
    }
}
