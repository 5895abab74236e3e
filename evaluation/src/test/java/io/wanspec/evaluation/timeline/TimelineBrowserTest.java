package io.wanspec.evaluation.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one: its policy forbids every request, so that what is drawn came with it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class TimelineBrowserTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everySessionIsDrawn() throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "there is no Chromium on the PATH");
        List<String> lines = TimelineLines.in(TimelinePicturesTest.LINES);
        Path page = Files.writeString(
                folder.resolve("page.html"),
                TimelinePage.of(
                        "Two",
                        "<b>about</b>",
                        List.of(
                                new TimelinePage.Shown("WANSpec", lines),
                                new TimelinePage.Shown("<i>Half</i>", lines.subList(0, 5)))));

        String drawn = drawn(browser.get(), page);
        assertThat(count(drawn, "<svg")).isEqualTo(2);
        assertThat(drawn)
                .contains("Ended after 100.0 ms: 2 tokens in 1 target pass, the target idle for 40.0 ms, 1 frame.");
        assertThat(count(drawn, "class=\"wt-token wt-remote\"")).isEqualTo(2);
        assertThat(count(drawn, "class=\"wt-token wt-target\"")).isEqualTo(2);
        assertThat(count(drawn, "<caption"))
                .as("the one that has ended has a ledger")
                .isEqualTo(1);
        assertThat(drawn)
                .contains("position 3: remote draft of eu\ndraft's entropy 0.50 nats\nthe draft's choice number 1")
                .contains(">a&lt;/script&gt;<")
                .contains("<h2>&lt;i&gt;Half&lt;/i&gt;</h2>", "&lt;b&gt;about&lt;/b&gt;")
                .contains("network, eu", "busy-region draft: 0");
        // Passes, stall, drafts and frames are bars.
        assertThat(count(drawn, "<rect")).isGreaterThanOrEqualTo(2 * 4);
    }

    private String drawn(Path browser, Path page) throws Exception {
        Path dom = folder.resolve("dom.html");
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
        try {
            process.waitFor();
            return Files.readString(dom, StandardCharsets.UTF_8);
        } finally {
            end(process);
        }
    }

    /** All of it: what still wrote would be in the way of the folder's removal. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(part -> part.onExit().join());
    }

    private static int count(String text, String what) {
        return (int)
                Pattern.compile(Pattern.quote(what)).matcher(text).results().count();
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
