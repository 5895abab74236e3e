package io.wanspec.functions.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, and what somebody does who sits before it. */
final class Browser implements AutoCloseable {
    private static final int LOOKS_MAX = 1_200;
    private static final int LOOK_MILLIS = 50;

    /** axe-core takes its time on a slow machine. */
    private static final Duration SCRIPTS_WITHIN = Duration.ofMinutes(2);

    /** Where pictures go, if somebody wants to see them. */
    private static final Optional<Path> PICTURES =
            Optional.ofNullable(System.getProperty("wanspec.pictures")).map(Path::of);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test where there is no browser, or nothing to drive it with. */
    static Browser orSkip() {
        Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = find("chromedriver");
        assumeTrue(chromium.isPresent(), "there is no Chromium on the PATH");
        assumeTrue(chromedriver.isPresent(), "there is no chromedriver on the PATH");
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get().toFile())
                .usingAnyFreePort()
                .withLogFile(new File("/dev/null"))
                .build();
        var options = new ChromeOptions();
        options.setBinary(chromium.get().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--force-color-profile=srgb");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(SCRIPTS_WITHIN);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                window.refused = [];
                document.addEventListener("securitypolicyviolation", e => window.refused.push(e.violatedDirective + " " + e.blockedURI));
                """));
        return new Browser(driver).sized(1280, 900);
    }

    private static Optional<Path> find(String... names) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(place -> Stream.of(names).map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A window of this size, as a telephone may have it. */
    Browser sized(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** @param scheme the system's wish: light or dark */
    Browser preferring(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    Browser open(URI page) {
        driver.get(page.toString());
        return this;
    }

    void reload() {
        driver.navigate().refresh();
    }

    WebElement at(String id) {
        return driver.findElement(By.id(id));
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    void write(String id, String text) {
        WebElement field = at(id);
        field.clear();
        field.sendKeys(text);
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Keys for whatever has the focus. */
    void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void press(Keys modifier, Keys key) {
        type(Keys.chord(modifier, key));
    }

    String focused() {
        return String.valueOf(script("return document.activeElement.id"));
    }

    Object script(String text, Object... arguments) {
        return Objects.requireNonNullElse(driver.executeScript(text, arguments), "nothing");
    }

    Object asyncScript(String text) {
        return Objects.requireNonNullElse(driver.executeAsyncScript(text), "nothing");
    }

    /** A minute, for a busy machine. */
    void await(String what, Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < LOOKS_MAX; i++) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new AssertionError("in vain waited for: " + what + "; the page says:\n"
                + script("return document.body.innerText") + "\n" + complaints());
    }

    void awaitState(String state) throws Exception {
        await("state " + state, () -> state.equals(at("state").getDomAttribute("data-state")));
    }

    /** What the page wrote into the console as an error or a warning, and what its policy refused. */
    String complaints() {
        String logged = driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(Object::toString)
                .reduce("", (all, entry) -> all + entry + "\n");
        return logged + (count("html") == 0 ? "" : script("return (window.refused ?? []).join('\\n')"));
    }

    /** Keeps what is seen now, all of the page, where {@code -Dwanspec.pictures=FOLDER} says. */
    void picture(String name) {
        PICTURES.ifPresent(folder -> {
            try {
                Files.createDirectories(folder);
                Number height = (Number) script("return Math.ceil(document.documentElement.scrollHeight)");
                Number width = (Number) script("return window.innerWidth");
                Number before = (Number) script("return window.innerHeight");
                sized(width.intValue(), height.intValue());
                Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
                sized(width.intValue(), before.intValue());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        driver.quit();
    }
}
