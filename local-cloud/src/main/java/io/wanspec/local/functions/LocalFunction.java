package io.wanspec.local.functions;

import io.wanspec.local.process.ClassPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of the local cloud: a program of this process's class path that the emulator runs as a custom runtime, beside which
 * there is nothing to build or to unpack.
 *
 * @param handler its class, which Lambda's own client calls
 * @param environment its settings
 * @param log where what it says of errors goes
 * @param timeout of one call
 * @param archive flags of a {@link io.wanspec.local.process.ClassArchive} that it shares, or none
 */
public record LocalFunction(
        String name,
        Class<?> handler,
        Map<String, String> environment,
        Path log,
        Duration timeout,
        List<String> archive) {
    public LocalFunction {
        environment = Map.copyOf(environment);
        archive = List.copyOf(archive);
    }

    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /** One environment serves one call at a time. */
    private static final List<String> FLAGS = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** What is deployed: a {@code bootstrap}, and nothing else. */
    byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bootstrap"));
            zip.write(bootstrap().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String bootstrap() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "#!/bin/sh\nexec " + quoted(java.toString()) + " " + String.join(" ", FLAGS) + archiveWords() + " -cp "
                + quoted(ClassPath.ofThisProcess()) + " " + CLIENT + " \"$_HANDLER\" 2>>"
                + quoted(log.toString()) + "\n";
    }

    private String archiveWords() {
        return archive.stream().map(flag -> " " + quoted(flag)).collect(Collectors.joining());
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
