package io.wanspec.functions.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.Stage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files: to whom they are given, with which headers, and that they are whole. */
@Timeout(180)
final class ConsoleServedTest {
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    /** Of others: what they say of where they are from is a comment. */
    private static final Pattern LIBRARY = Pattern.compile("\\.min\\.js$|\\.LICENSE$");

    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    static HttpResponse<String> get(Stage stage, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(stage.uri(path)).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return stage.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    /** The folder that the build was made of: what lies there must be served, and nothing else. */
    private static List<Path> files() throws Exception {
        Path index =
                Path.of(Objects.requireNonNull(ConsoleServedTest.class.getResource("/io/wanspec/console/index.html"))
                        .toURI());
        try (Stream<Path> all = Files.list(index.resolveSibling(""))) {
            return all.sorted().toList();
        }
    }

    @Test
    void thePageComesWithAStrictPolicy() throws Exception {
        HttpResponse<String> page = get(stage, "/console");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "content-security-policy")).isEqualTo(POLICY);
        assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(page, "cross-origin-resource-policy")).isEqualTo("same-origin");
        assertThat(header(page, "cache-control")).isEqualTo("no-cache");
        assertThat(page.body()).contains("<title>WANSpec console</title>");
    }

    @Test
    void everyFileIsServedAsItLiesInTheBuild() throws Exception {
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(8);
        for (Path file : files) {
            String name = file.getFileName().toString();
            HttpResponse<byte[]> served = stage.client.send(
                    HttpRequest.newBuilder(stage.uri(name.equals("index.html") ? "/console" : "/console/" + name))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(served.statusCode()).as(name).isEqualTo(200);
            assertThat(served.body()).as(name).isEqualTo(Files.readAllBytes(file));
            assertThat(header(served, "content-security-policy")).as(name).isEqualTo(POLICY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "console.js, text/javascript; charset=utf-8",
        "console.css, text/css; charset=utf-8",
        "icon.svg, image/svg+xml",
        "d3.LICENSE, text/plain; charset=utf-8"
    })
    void filesSayWhatTheyAre(String name, String type) throws Exception {
        assertThat(header(get(stage, "/console/" + name), "content-type")).isEqualTo(type);
    }

    /** Pages and scripts name each other only by names that are there. */
    @Test
    void whatFilesNameIsThere() throws Exception {
        Pattern names = Pattern.compile("(?:src|href)=\"console/([^\"]+)\"|from \"\\./([^\"]+)\"");
        var named = new TreeSet<String>();
        for (Path file : files()) {
            if (file.toString().endsWith(".svg")) {
                continue;
            }
            names.matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                    .forEach(named::add);
        }
        assertThat(named).contains("console.js", "api.js", "timeline.js");
        for (String name : named) {
            assertThat(get(stage, "/console/" + name).statusCode()).as(name).isEqualTo(200);
        }
    }

    /** What the policy forbids is not tried either; the names of SVG and licences are no requests. */
    @Test
    void noFileNamesAnotherServerAndNoMarkupHasScriptsOrStylesInIt() throws Exception {
        for (Path file : files()) {
            if (LIBRARY.matcher(file.toString()).find()) {
                continue;
            }
            String text = Files.readString(file);
            assertThat(text.replaceAll("http://www\\.w3\\.org/[a-zA-Z0-9/]+", ""))
                    .as(file.toString())
                    .doesNotContainPattern(
                            "(https?|wss?)://|\\burl\\((?!#|['\"]?#)|@import|\\beval\\(|new Function\\(");
            if (file.toString().endsWith(".html")) {
                assertThat(text)
                        .doesNotContainPattern("<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=|javascript:");
            }
        }
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws Exception {
        String tag = header(get(stage, "/console/console.js"), "etag");
        assertThat(tag).matches("W/\"[0-9a-f]{32}\"");

        HttpResponse<String> again = get(stage, "/console/console.js", "if-none-match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "etag")).isEqualTo(tag);
        assertThat(get(stage, "/console/console.js", "if-none-match", "W/\"of before\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/index.html",
                "/console/nothing.js",
                "/console/%2e%2e%2fapplication.yml",
                "/console/..%2Fopenapi-shapes.yml",
                "/console/a/b",
                "/console/console.js.map"
            })
    void whatIsNoFileOfItIsAnUnknownUrl(String path) throws Exception {
        HttpResponse<String> answer = get(stage, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("unknown_url").doesNotContain("micronaut:");
    }

    @Test
    void withASlashAtItsEndItLeadsToThePage() throws Exception {
        HttpResponse<String> answer = get(stage, "/console/");
        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(header(answer, "location")).isEqualTo("../console");
    }

    @Test
    void itIsLinkedAtTheRootAndNoPartOfTheApi() throws Exception {
        assertThat(get(stage, "/").body()).contains("href=\"console\"");
        assertThat(get(stage, "/openapi.json").body()).doesNotContain("/console");
    }

    /** As a gateway, or the adapter in AWS Lambda, passes on requests from elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "x-forwarded-for, 203.0.113.7",
        "x-forwarded-for, '127.0.0.1, 203.0.113.7'",
        "x-amzn-request-context, {}"
    })
    void toOthersItIsAsIfThereWasNone(String name, String value) throws Exception {
        for (String path : List.of("/console", "/console/", "/console/console.js")) {
            HttpResponse<String> answer = get(stage, path, name, value);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("unknown_url");
            assertThat(header(answer, "content-security-policy")).isEqualTo("none");
        }
        assertThat(get(stage, "/", name, value).body()).doesNotContain("console");
        assertThat(get(stage, "/console", "x-forwarded-for", "127.0.0.1").statusCode())
                .isEqualTo(200);
    }

    @Test
    void itCanBeSwitchedOff() throws Exception {
        try (Stage off = new Stage(Map.of("wanspec.console", "none"))) {
            assertThat(get(off, "/console").statusCode()).isEqualTo(404);
            assertThat(get(off, "/console/console.js").statusCode()).isEqualTo(404);
            assertThat(get(off, "/").body()).doesNotContain("console");
        }
    }
}
