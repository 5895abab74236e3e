package io.wanspec.cli;

import io.wanspec.contracts.timeline.TimelineCodec;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.evaluation.timeline.TextLanes;
import io.wanspec.evaluation.timeline.TimelineLines;
import io.wanspec.evaluation.timeline.TimelinePage;
import io.wanspec.local.launch.LaunchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wanspec timeline}. */
@Command(
        name = "timeline",
        description = {
            "Draws what a session did and when: lanes in the terminal, or a page of its own (docs/timeline.md).",
            "It is asked of a running API, or read from a file: events, a line each, or a stream that was written to one."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Drawn.",
            "1:The API does not have it, or cannot be reached, or a file cannot be read or written.",
            "2:The command line is wrong."
        })
final class TimelineCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final int COLUMNS_MIN = 50;
    private static final int COLUMNS_MAX = 1_000;

    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SESSION|FILE", description = "A session's id, such as sess_1f, or a file.")
    private String source = "";

    @Option(
            names = "--api",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The API that is asked (default: ${DEFAULT-VALUE}).")
    private URI api = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The file with the key that made the session, and nothing else (default: no key is shown).")
    private @Nullable Path keyFile;

    @Option(names = "--html", paramLabel = "FILE", description = "Write one page there, which needs nothing else.")
    private @Nullable Path html;

    private int columns = 120;

    TimelineCommand(CliContext context) {
        this.context = context;
    }

    @Option(
            names = "--columns",
            paramLabel = "N",
            defaultValue = "120",
            description = "Width of the lanes, 50 to 1000 (default: ${DEFAULT-VALUE}).")
    void setColumns(String value) {
        columns = (int) Bounds.of(spec).whole("--columns", value, COLUMNS_MIN, COLUMNS_MAX, "", "--columns 120");
    }

    @Override
    public Integer call() throws LaunchException, InterruptedException {
        List<String> lines = TimelineLines.in(text());
        if (lines.isEmpty()) {
            throw new LaunchException(source + " has no events of a timeline (docs/timeline.md says what they are)");
        }
        Path page = html;
        if (page == null) {
            List<TimelineEvent> events = lines.stream()
                    .map(TimelineCodec::decode)
                    .flatMap(Optional::stream)
                    .toList();
            // A terminal obeys control characters, and reasons come from elsewhere.
            TextLanes.of(events, columns)
                    .forEach(line ->
                            context.console().print(CONTROL.matcher(line).replaceAll("")));
        } else {
            PageFile.write(
                    page,
                    TimelinePage.of(
                            "WANSpec timeline",
                            "From " + source + ".",
                            List.of(new TimelinePage.Shown("Session", lines))));
            context.console().print("Written: " + page);
        }
        return ExitCodes.OK;
    }

    private String text() throws LaunchException, InterruptedException {
        try {
            Path file = Path.of(source);
            return Files.isRegularFile(file) ? Files.readString(file) : asked();
        } catch (IOException e) {
            throw new LaunchException(source + " cannot be read: " + e);
        }
    }

    private String asked() throws LaunchException, InterruptedException {
        if (!SESSION.matcher(source).matches()) {
            throw Bounds.of(spec).outside("SESSION|FILE", source, "a file that is there, or a session's id", "sess_1f");
        }
        URI address = api.resolve("/v1/wanspec/sessions/" + source + "/timeline");
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(LIMIT);
        String key = key();
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) {
                throw new LaunchException(address + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new LaunchException(address + " cannot be reached: " + e);
        }
    }

    private String key() throws LaunchException {
        Path file = keyFile;
        try {
            return file == null ? "" : Files.readString(file).strip();
        } catch (IOException e) {
            throw new LaunchException("--key-file: " + file + " cannot be read");
        }
    }
}
