package io.wanspec.emulator.aws;

import io.wanspec.emulator.pip.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The emulator as it is installed.
 *
 * @param python the interpreter
 * @param site its packages
 * @param runs holds a folder for each running emulator, which ends with it
 */
public record AwsProgram(Path python, Path site, Path runs) {
    static final String LOOPBACK = "127.0.0.1";

    private static final String RUN = "run-";
    private static final Pattern RUN_OF = Pattern.compile(RUN + "(\\d{1,18})-.*");
    private static final String SERVE = resource("serve.py");

    /** The command; isolated, so that nothing of the user's Python gets in the way. */
    List<String> command(Path data) {
        return List.of(python.toString(), "-I", "-c", SERVE, site.toString(), data.toString());
    }

    /** All of the environment: no setting, credential or Docker of the user's may change what the emulator does. */
    Map<String, String> environment(Path data, int port, String searchPath) {
        Map<String, String> all = new HashMap<>();
        all.put("PATH", searchPath);
        all.put("LC_ALL", "C.UTF-8");
        all.put("HOME", data.toString());
        all.put("TMPDIR", data.toString());
        all.put("STATE_DIR", data.resolve("state").toString());
        all.put("BIND_HOST", LOOPBACK);
        all.put("MINISTACK_HOST", LOOPBACK);
        all.put("GATEWAY_PORT", Integer.toString(port));
        // Else it opens a port for IoT on every interface.
        all.put("IOT_MTLS_ENABLED", "0");
        return Map.copyOf(all);
    }

    /** Named after this process: what one left that was killed outright is removed by the next. */
    Path newDataFolder() throws IOException {
        Files.createDirectories(runs);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(runs, AwsProgram::isAbandoned)) {
            left.forEach(AwsProgram::remove);
        }
        return Files.createTempDirectory(runs, RUN + ProcessHandle.current().pid() + "-");
    }

    private static boolean isAbandoned(Path run) {
        Matcher name = RUN_OF.matcher(run.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    static void remove(Path data) {
        try {
            Folders.remove(data);
        } catch (IOException beingRemoved) {
            // The emulator removes it as well.
        }
    }

    static String resource(String name) {
        try (InputStream in = AwsProgram.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
