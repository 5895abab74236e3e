package io.wanspec.functions.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.functions.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The console in a real browser, before a real server: what is seen, and that nothing of it goes anywhere else. */
@Timeout(300)
final class ConsolePageTest {
    private static Browser browser;

    private Stage stage;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.orSkip();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openPage() throws Exception {
        stage = new Stage(Map.of()).ready();
        browser.sized(1280, 900).preferring("light").open(stage.uri("/console"));
        browser.script("localStorage.clear(); sessionStorage.clear()");
        browser.complaints();
        browser.reload();
        browser.await("places", () -> browser.count("#places table") > 0);
    }

    @AfterEach
    void closePage() {
        if (stage != null) {
            stage.close();
        }
    }

    private void run(String prompt, int tokens) {
        browser.write("prompt", prompt);
        browser.write("max_tokens", String.valueOf(tokens));
        browser.click("#run");
    }

    private String answer() {
        return browser.script("return document.getElementById('answer').textContent")
                .toString();
    }

    /** What the target alone says to that. */
    private String expected(String prompt, int tokens) throws Exception {
        var answer = stage.post(
                "/v1/chat/completions",
                "{\"model\": \"toy-target\", \"temperature\": 0, \"max_tokens\": " + tokens
                        + ", \"wanspec\": {\"mode\": \"target-only\"}, \"messages\": [{\"role\": \"user\", \"content\": \""
                        + prompt + "\"}]}");
        return new JsonMapper()
                .readTree(answer.body())
                .at("/choices/0/message/content")
                .asText();
    }

    @Test
    void atFirstItShowsTheServiceAndItsPlaces() throws Exception {
        browser.await("the service", () -> browser.at("service").getText().contains("ok"));
        assertThat(browser.at("service").getText()).contains("toy-target", "us-east-1", "2 of 2 drafts");
        assertThat(browser.at("places").getText()).contains("eu", "eu-west-1", "busy", "up");
        assertThat(browser.at("state").getText()).isEqualTo("Nothing has run yet");
        assertThat(browser.at("compare").isEnabled()).isFalse();
        assertThat(browser.script("""
                const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
                return ids.filter((id, i) => ids.indexOf(id) !== i)
                """)).as("ids that are there twice").isEqualTo(List.of());
        browser.picture("first-load");
    }

    @Test
    void aRequestIsShownWhileItRunsAndAfterwards() throws Exception {
        stage.target.passMillis = 150;
        run("Hello", 150);
        browser.await("some of the text", () -> browser.count("#answer .t") > 5);
        assertThat(
                        browser.script(
                                "return document.getElementById('state').textContent + document.getElementById('run').disabled"))
                .asString()
                .matches("Running.*true");
        browser.await("a picture", () -> browser.count("#timeline svg, #timeline canvas") > 0);
        browser.picture("running");

        browser.awaitState("finished");
        stage.target.passMillis = 0;
        assertThat(answer()).isEqualTo(expected("Hello", 150));
        assertThat(browser.at("state").getText()).contains("150 tokens");
        assertThat(browser.at("ledger").getText())
                .contains("Target passes", "Busy-region draft passes", "Remote draft");
        assertThat(browser.at("legend").getText()).contains("remote draft", "the target's own");
        assertThat(browser.at("recents").getText()).contains("Hello", "finished");
        assertThat(browser.complaints()).isEmpty();
        browser.picture("finished");
    }

    @Test
    void aTokenSaysWhereItCameFromToPointersAndKeys() throws Exception {
        // So slow that drafts from afar come in time.
        stage.target.passMillis = 150;
        run("Hello", 40);
        browser.awaitState("finished");

        browser.click("#answer .t:nth-child(3)");
        assertThat(browser.at("token").getText()).startsWith("3. ").contains("committed at");
        browser.at("answer").sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.at("token").getText()).startsWith("4. ");
        browser.at("answer").sendKeys(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
        assertThat(browser.at("token").getText()).startsWith("2. ");
        browser.click("#answer .t.remote");
        assertThat(browser.at("token").getText()).contains("remote draft of eu", "entropy", "the draft's");
    }

    @Test
    void theSameRunsAsBothBaselinesAndTheTextsAreOne() throws Exception {
        run("Compare", 40);
        browser.awaitState("finished");
        browser.click("#compare");
        browser.await(
                "three columns",
                () -> browser.count(".ledger thead th") == 4
                        && browser.at("run").isEnabled());

        assertThat(browser.at("ledger").getText())
                .contains("The three texts are one", "busy-region draft passes saved")
                .containsPattern("(than|as fast as) B1")
                .containsPattern("(than|as fast as) B0");
        assertThat(browser.at("compare").isEnabled()).isFalse();
        for (String place : new String[] {"target", "busy", "remote"}) {
            browser.script("document.getElementById('prices').open = true");
            browser.write("price-" + place, "3.6");
        }
        assertThat(browser.at("ledger").getText()).contains("Money, at your prices", "$0.", "At your prices it cost");
        browser.picture("compared");
    }

    @Test
    void aRequestCanBeStopped() throws Exception {
        stage.target.passMillis = 200;
        run("Stop", 400);
        browser.await("some of the text", () -> browser.count("#answer .t") > 2);
        browser.click("#stop-button");
        browser.awaitState("stopped");

        browser.await("nothing at the target", () -> stage.target.open.get() == 0);
        browser.await("readiness for the next", () -> browser.at("run").isEnabled());
        assertThat(browser.at("recents").getText()).contains("stopped");
        assertThat(browser.at("problem").isDisplayed()).isFalse();
    }

    @Test
    void aDraftRegionMayBeLostAndTheTextStaysTheSame() throws Exception {
        stage.target.passMillis = 60;
        run("Lost", 60);
        browser.await("some of the text", () -> browser.count("#answer .t") > 5);
        stage.kill("remote");
        browser.awaitState("finished");

        assertThat(answer()).isEqualTo(expected("Lost", 60));
        browser.await("the place's health", () -> {
            browser.click("#places-refresh");
            return browser.at("places").getText().contains("not answering");
        });
        browser.picture("lost-region");
    }

    @Test
    void whatIsWrongIsToldBesideItsField() throws Exception {
        run("Hello", 100_000);
        browser.await("the server's word", () -> browser.at("prompt-error").isDisplayed());
        assertThat(browser.at("problem").getText()).contains("400", "context is 4096 tokens");
        assertThat(browser.focused()).isEqualTo("prompt");
        browser.picture("error");

        browser.script("document.getElementById('extra').value = JSON.stringify({top_p: 5})");
        run("Hello", 10);
        browser.await("the server's word", () -> browser.at("top_p-error").isDisplayed());
        assertThat(browser.at("top_p").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.focused()).isEqualTo("top_p");

        browser.write("max_tokens", "many");
        browser.click("#run");
        assertThat(browser.at("max_tokens-error").getText()).contains("whole number");
        assertThat(browser.at("problem").isDisplayed()).isFalse();
    }

    @Test
    void aServerThatIsGoneIsTold() throws Exception {
        stage.server.stop();
        run("Hello", 5);
        browser.await("the news", () -> browser.at("problem").isDisplayed());
        assertThat(browser.at("problem").getText()).contains("cannot be reached");
        assertThat(browser.at("run").isEnabled()).isTrue();
    }

    @Test
    void keysAlone() throws Exception {
        browser.write("max_tokens", "10");
        browser.press(Keys.CONTROL, Keys.ENTER);
        browser.awaitState("finished");

        stage.target.passMillis = 200;
        browser.write("max_tokens", "400");
        browser.press(Keys.CONTROL, Keys.ENTER);
        browser.await("some of the text", () -> browser.count("#answer .t") > 2);
        browser.type(Keys.ESCAPE);
        browser.awaitState("stopped");
        assertThat(browser.script("""
                return [...document.querySelectorAll("button, input, select, textarea, summary, [tabindex]")]
                    .filter(e => e.tabIndex > 0).length
                """))
                .as("the order of the page is the order of the keys")
                .isEqualTo(0L);
    }

    @Test
    void aSessionOfThisTabIsOpenedAgain() throws Exception {
        run("Again", 30);
        browser.awaitState("finished");
        String text = answer();
        browser.reload();
        browser.await("the list", () -> browser.count(".recents button") == 1);
        browser.click(".recents button");

        browser.awaitState("finished");
        assertThat(browser.at("state").getText()).startsWith("Session ");
        assertThat(answer()).isEqualTo(text);
        assertThat(browser.at("ledger").getText()).contains("Target passes");
        browser.write("session", "no-such-session");
        browser.click("#open button");
        browser.await("the news", () -> browser.at("problem").isDisplayed());
        assertThat(browser.at("problem").getText()).contains("404");
    }

    @Test
    void nothingIsAskedOfAnybodyElseAndNoScriptGetsIn() throws Exception {
        run("Hello", 20);
        browser.awaitState("finished");
        assertThat(browser.script("""
                return performance.getEntriesByType("resource").map(entry => entry.name)
                    .filter(name => !name.startsWith(location.origin + "/"))
                """)).isEqualTo(List.of());
        assertThat(browser.complaints()).isEmpty();

        browser.script("""
                const script = document.createElement("script");
                script.textContent = "window.gotIn = true";
                document.body.append(script);
                const image = new Image();
                image.src = "http://other.invalid/picture.png";
                """);
        browser.await(
                "the policy",
                () -> browser.script("return window.refused.length").equals(2L));
        assertThat(browser.script("return window.gotIn === undefined")).isEqualTo(true);
    }

    /** A text is text, whatever is in it. */
    @Test
    void promptsAreNoMarkup() throws Exception {
        run("<img src=x onerror=\"window.gotIn = true\"><b>bold</b>", 10);
        browser.awaitState("finished");
        assertThat(browser.count("#recents b, #recents img, #answer b")).isZero();
        assertThat(browser.at("recents").getText()).contains("<b>bold</b>");
    }

    @Test
    void theThemeIsTheSystemsOrTheReaders() throws Exception {
        Object light = background();
        browser.preferring("dark");
        Object dark = background();
        assertThat(dark).isNotEqualTo(light);
        browser.picture("dark");

        browser.click("#theme-button");
        assertThat(background()).isEqualTo(light);
        browser.reload();
        assertThat(background()).as("chosen here before").isEqualTo(light);
        browser.click("#theme-button");
        browser.preferring("light");
        assertThat(background()).isEqualTo(dark);
    }

    private static Object background() {
        return browser.script("return getComputedStyle(document.documentElement).backgroundColor");
    }

    @ParameterizedTest
    @CsvSource({"360, light", "360, dark", "1280, light", "1280, dark"})
    void everybodyCanUseIt(int width, String scheme) throws Exception {
        browser.preferring(scheme).sized(width, 800).reload();
        assertThat(Accessibility.faults(browser)).isEmpty();
        run("Accessible", 60);
        browser.awaitState("finished");
        browser.script("document.querySelectorAll('details').forEach(details => details.open = true)");

        assertThat(Accessibility.faults(browser)).isEmpty();
        assertThat(((Number) browser.script("return document.documentElement.scrollWidth")).intValue())
                .as("nothing is cut off at the side")
                .isLessThanOrEqualTo(width);
        browser.picture("finished-" + width + "-" + scheme);
    }
}
