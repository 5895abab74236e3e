package io.wanspec.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The recipe of container images, read as text: no image is built here. */
final class ContainerRecipeTest {
    private static final Pattern PINNED = Pattern.compile("ARG (\\w+)=\\S+:\\S+@sha256:[0-9a-f]{64}");
    private static final Set<String> KNOWN = Set.of("ARG", "FROM", "COPY", "USER", "CMD", "ENV");

    private final List<String> lines = instructions();

    @Test
    void everyBaseIsPinnedToItsBytes() {
        Set<String> known = new HashSet<>();
        lines.stream()
                .map(PINNED::matcher)
                .filter(Matcher::matches)
                .forEach(arg -> known.add("${" + arg.group(1) + "}"));
        for (String line : of("FROM")) {
            String[] words = line.split(" ", -1);
            assertThat(known).as(line).contains(words[1]);
            known.add(words[3]);
        }
        assertThat(of("COPY").stream().filter(line -> line.contains("--from=")))
                .allMatch(line -> known.contains(line.replaceFirst(".*--from=(\\S+).*", "$1")));
    }

    @Test
    void nobodyIsRoot() {
        assertThat(of("USER")).isNotEmpty().allMatch(line -> line.matches("USER [1-9][0-9]*:[1-9][0-9]*"));
        // Of the stage that all others are made from.
        assertThat(of("FROM").getLast()).startsWith("FROM handler ");
    }

    @Test
    void nothingIsFetchedOrRunAndNoSecretIsLeftBehind() {
        assertThat(lines).allMatch(line -> KNOWN.contains(line.split(" ", -1)[0]));
        assertThat(lines).noneMatch(line -> line.matches("(?i).*(secret|password|token|access_key).*"));
    }

    @Test
    void theAdapterIsTheOneThatIsTested() throws IOException {
        String tools = Files.readString(FunctionZip.checkout().resolve("tools/lambda-tools"));
        String version = tools.replaceFirst("(?s).*ADAPTER_VERSION=(\\S+).*", "$1");
        assertThat(lines).anyMatch(line -> line.contains("aws-lambda-adapter:" + version + "@"));
    }

    private List<String> of(String instruction) {
        return lines.stream().filter(line -> line.startsWith(instruction + " ")).toList();
    }

    private static List<String> instructions() {
        Path recipe = FunctionZip.checkout().resolve("functions/src/lambda/Dockerfile");
        try (Stream<String> all = Files.lines(recipe)) {
            return all.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
