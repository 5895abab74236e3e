package io.wanspec.functions.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.access.KeyedStage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The console of a server that asks for keys, in a real browser. */
@Timeout(300)
final class ConsoleKeyTest {
    @Test
    void aKeyIsAskedForUsedAndForgotten() throws Exception {
        try (Browser browser = Browser.orSkip();
                KeyedStage keyed = new KeyedStage(Map.of("wanspec.console", "public"))) {
            String key = keyed.key("somebody").reveal();
            browser.open(keyed.stage.uri("/console"));
            browser.write("max_tokens", "10");
            browser.click("#run");
            browser.await("the question", () -> browser.focused().equals("key"));
            assertThat(browser.at("problem").getText()).contains("401", "API key");
            assertThat(browser.at("key").getDomAttribute("type")).isEqualTo("password");

            browser.write("key", key);
            browser.click("#key-panel .primary");
            browser.click("#run");
            browser.awaitState("finished");
            assertThat(kept(browser)).doesNotContain(key.substring(4));

            browser.reload();
            browser.click("#key-button");
            browser.write("key", key);
            browser.click("#key-keep");
            browser.click("#key-panel .primary");
            browser.reload();
            browser.click("#run");
            browser.awaitState("finished");
            assertThat(browser.script("return localStorage.length + document.cookie.length"))
                    .isEqualTo(0L);

            keyed.stage.target.passMillis = 200;
            browser.write("max_tokens", "400");
            browser.click("#run");
            browser.await("some of the text", () -> !answer(browser).isEmpty());
            browser.click("#key-button");
            browser.click("#key-forget");
            browser.await("the end of what ran with it", () -> browser.at("run").isEnabled());
            assertThat(kept(browser)).doesNotContain(key.substring(4));
            assertThat(answer(browser)).isEmpty();
            assertThat(browser.at("state").getText()).isEqualTo("Nothing has run yet");
            assertThat(browser.count(".recents button")).isZero();
            assertThat(browser.count(".ledger")).isZero();
            browser.click("#run");
            browser.await("the question", () -> browser.focused().equals("key"));
        }
    }

    private static String answer(Browser browser) {
        return browser.script("return document.getElementById('answer').textContent")
                .toString();
    }

    private static String kept(Browser browser) {
        return browser.script("return JSON.stringify(sessionStorage) + JSON.stringify(localStorage) + document.cookie"
                        + " + document.documentElement.outerHTML")
                .toString();
    }
}
