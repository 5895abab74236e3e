package io.wanspec.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.it.http.ApiClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scenarios on the stacks as they are deployed, in the emulator of AWS: API Gateway, authorizer, functions' zips, links. Then the
 * stacks change, fail to change, and go. It takes a minute and a half with {@code -Dwanspec.stacks=main}, which asks the main scenarios,
 * and longer with {@code -Dwanspec.stacks=all}; without, the build leaves it out.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StackScenarioTest extends ScenarioSuite {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LATER = Integer.MAX_VALUE - 10;
    private static final String WHICH = System.getProperty("wanspec.stacks", "none");

    @TempDir
    private static Path folder;

    @Override
    Deployment deploy() throws Exception {
        assumeTrue(
                !WHICH.equals("none"),
                "SKIPPED: stacks are deployed to the emulator with -Dwanspec.stacks=main or all");
        return StackDeployment.up(folder);
    }

    @BeforeEach
    void choose(TestInfo scenario) {
        assumeTrue(
                WHICH.equals("all") || scenario.getTags().contains(MAIN),
                "SKIPPED: asked of the stacks with -Dwanspec.stacks=all");
    }

    /** The gateway asks for a key whatever the path is. */
    @Test
    @Override
    @Tag(MAIN)
    void withoutAKeyNothingIsTold() throws Exception {
        try (ApiClient nobody = new ApiClient(deployment.gateway(), Optional.empty())) {
            for (String path : new String[] {"/v1/models", "/healthz"}) {
                var answer = nobody.get(path);
                assertThat(answer.status()).as(path).isEqualTo(401);
                assertThat(answer.body().at("/error/code").asText()).isEqualTo("invalid_api_key");
            }
        }
    }

    /** A browser that opens the page has no key yet, and fetches its files from below the stage's name. */
    @Test
    @Tag(MAIN)
    void theConsolesFilesComeWithoutAKeyAndNothingElseDoes() throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> page = ask(browser, "GET", "/console");
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(page.body()).contains("src=\"console/console.js\"");
            assertThat(page.headers().firstValue("content-security-policy").orElse("none"))
                    .startsWith("default-src 'self'");
            for (String file : new String[] {"console.js", "console.css", "icon.svg", "d3.min.js"}) {
                HttpResponse<String> answer = ask(browser, "GET", "/console/" + file);
                assertThat(answer.statusCode()).as(file).isEqualTo(200);
                assertThat(answer.body()).as(file).isNotEmpty();
            }
            for (String refused : new String[] {
                "POST /console", "DELETE /console/console.js", "GET /console/a/b", "GET /consoles", "GET /v1/models"
            }) {
                String[] route = refused.split(" ", 2);
                assertThat(ask(browser, route[0], route[1]).statusCode())
                        .as(refused)
                        .isEqualTo(401);
            }
        }
    }

    private HttpResponse<String> ask(HttpClient browser, String method, String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(deployment.gateway() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Tag(MAIN)
    void theSmokeTestPasses() throws Exception {
        DeployProgram.Run smoke =
                stacks().run(deployment.key().orElseThrow(), "smoke", "--url", deployment.gateway() + "/v1");

        assertThat(smoke.exitCode()).as(smoke.said()).isZero();
        assertThat(smoke.said()).contains("ok      speculation does not change the text");
    }

    /** In AWS it would be refused, by roles that an emulator does not read; and the functions go on without some of what is. */
    @Test
    @Tag(MAIN)
    @Order(LATER - 1)
    void noFunctionAsksTheTableForMoreThanItsRoleAllows() throws Exception {
        assertThat(MAPPER.readTree(stacks().sweep()).path("more").asBoolean(true))
                .isFalse();
        assertThat(stacks().guards()).hasSize(4).allSatisfy((function, table) -> {
            assertThat(table.refused()).as(function).isEmpty();
            assertThat(table.allowed()).as(function).isPositive();
        });
    }

    @Test
    @Tag(MAIN)
    @Order(LATER)
    void anUpdateChangesWhatItSaysAndLosesNothing() throws Exception {
        JsonNode made = ask();
        DeployProgram.Run update = stacks().apply("data: {hours: 2}\nfunctions: {jobs: 3}\n");

        assertThat(update.exitCode()).as(update.said()).isZero();
        assertThat(update.said())
                .contains(
                        "it-local-draft-eu in eu-west-1 of 222222222222: unchanged",
                        "it-local-target in us-east-1 of 000000000000: updated");
        assertThat(again(made)).isEqualTo(made);
        assertThat(text(ask())).isEqualTo(text(made)).isNotEmpty();
    }

    @Test
    @Tag(MAIN)
    @Order(LATER + 1)
    void anUpdateThatFailsIsRolledBackAndSaysWhy() throws Exception {
        JsonNode made = ask();
        for (String function : new String[] {"api", "worker", "sweeper", "authorizer"}) {
            Files.writeString(folder.resolve("functions-" + function + ".zip"), "is no zip");
        }
        DeployProgram.Run update = stacks().apply("functions: {packages: " + folder + ", memory-mb: 3000}\n");

        assertThat(update.exitCode()).as(update.said()).isEqualTo(1);
        assertThat(update.said()).contains("stack it-local-target ended as UPDATE_ROLLBACK_COMPLETE", "unzip");
        assertThat(again(made)).isEqualTo(made);
        assertThat(text(ask())).isEqualTo(text(made)).isNotEmpty();
    }

    /** Where it was, too: its settings name other regions by then. */
    @Test
    @Tag(MAIN)
    @Order(LATER + 2)
    void takenDownItLeavesNothing() throws Exception {
        assertThat(stacks().inventory()).isNotEqualTo(stacks().before());
        DeployProgram.Run down = stacks().downAfterMove();

        assertThat(down.exitCode()).as(down.said()).isZero();
        assertThat(down.said()).contains("it-local-draft-eu in eu-west-1 of 222222222222: deleted");
        assertThat(stacks().inventory()).isEqualTo(stacks().before());
        assertThat(stacks().functionProcesses()).as("processes of functions").isZero();
    }

    private static String text(JsonNode response) {
        return response.at("/output/0/content/0/text").asText();
    }

    private StackDeployment stacks() {
        return (StackDeployment) deployment;
    }

    private JsonNode ask() throws Exception {
        ObjectNode request = MAPPER.createObjectNode()
                .put("model", deployment.model())
                .put("input", "Stay the same")
                .put("max_output_tokens", 12)
                .put("seed", 7);
        return api.post("/v1/responses", request).ok().body();
    }

    private JsonNode again(JsonNode made) throws Exception {
        return api.get("/v1/responses/" + made.path("id").asText()).ok().body();
    }
}
