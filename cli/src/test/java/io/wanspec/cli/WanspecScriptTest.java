package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code wanspec} in a checkout of its own, with a JDK and a Maven that only note how they are called. */
final class WanspecScriptTest {
    private static final String MVN = """
            #!/bin/sh
            echo "$JAVA_HOME $*" >> "$CALLS"
            echo '[INFO] Building WANSpec :: contracts 0.1.0 [1/2]'
            sleep ${MVN_SECONDS:-0}
            if [ -n "${MVN_FAILS:-}" ]; then echo '[ERROR] no such dependency'; exit 1; fi
            case $* in *infra-cdk*) module=infra-cdk ;; *) module=cli ;; esac
            mkdir -p $module/target
            printf '%s' "$PWD/pom.xml" > $module/target/classpath.txt
            """;

    /** What an execution of the script left. */
    private record Outcome(int exitCode, String out, String err) {}

    @TempDir
    private Path folder;

    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void checkout() throws IOException {
        folder = folder.toRealPath();
        root = folder.resolve("check out");
        write(root.resolve("wanspec"), Files.readString(Path.of("../wanspec")), true);
        write(root.resolve("pom.xml"), "", false);
        for (String module : List.of("contracts", "cli")) {
            write(root.resolve(module).resolve("pom.xml"), "", false);
            write(root.resolve(module).resolve("src/main/java/A.java"), "", false);
        }
        write(folder.resolve("bin/mvn"), MVN, true);
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("CALLS", folder.resolve("calls").toString());
        environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    }

    @Test
    void builds_first_and_then_not_again_until_a_source_changes() throws Exception {
        Outcome first = run("up", "--port", "0");
        assertThat(first.exitCode()).isEqualTo(7);
        assertThat(first.err()).startsWith("building (first run takes some minutes)…");
        assertThat(first.out())
                .contains("-Dwanspec.root=" + root)
                .contains(root + "/cli/target/wanspec.jar:" + root + "/pom.xml")
                .contains("io.wanspec.cli.Main\nup\n--port\n0\n");

        assertThat(run("up").err()).isEmpty();
        assertThat(calls())
                .hasSize(1)
                .first()
                .asString()
                .contains("-DskipTests")
                .contains("-pl cli -am");

        Path source = root.resolve("contracts/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run("up");
        assertThat(calls()).hasSize(2);
    }

    /** A program of its own: CDK is on no other command's class path. */
    @Test
    void deploy_builds_and_starts_its_own_program() throws Exception {
        Outcome deploy = run("deploy", "plan", "--settings", "a b.yaml");
        assertThat(deploy.exitCode()).isEqualTo(7);
        assertThat(deploy.out())
                .contains(root + "/infra-cdk/target/wanspec-deploy.jar:" + root + "/pom.xml")
                .contains("io.wanspec.infra.command.DeployMain\nplan\n--settings\na b.yaml\n");
        assertThat(calls())
                .singleElement()
                .asString()
                .contains("-pl infra-cdk,functions -am")
                .doesNotContain("!zips");
        assertThat(run("deploy", "plan").err()).isEmpty();
        run("up");
        assertThat(calls()).hasSize(2);
    }

    @Test
    void builds_again_when_a_library_or_a_source_is_gone() throws Exception {
        run("up");
        Path classpath = root.resolve("cli/target/classpath.txt");
        Files.writeString(classpath, root + "/pom.xml:" + folder + "/gone.jar");
        run("up");
        assertThat(calls()).hasSize(2);

        Files.setLastModifiedTime(classpath, FileTime.from(Instant.now().minusSeconds(5)));
        Files.delete(root.resolve("cli/src/main/java/A.java"));
        run("up");
        assertThat(calls()).hasSize(3);
    }

    @Test
    void runs_from_any_folder_and_through_links() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else/where"));
        Files.createSymbolicLink(elsewhere.resolve("absolute"), root.resolve("wanspec"));
        Files.createSymbolicLink(folder.resolve("else/relative"), Path.of("where/absolute"));
        Outcome outcome = execute(elsewhere, List.of("../relative", "--help"));
        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.out()).contains("-Dwanspec.root=" + root);
    }

    @Test
    void two_at_once_build_once() throws Exception {
        environment.put("MVN_SECONDS", "2");
        Process one = process(root, List.of("./wanspec", "a"));
        Process two = process(root, List.of("./wanspec", "b"));
        assertThat(List.of(one.waitFor(), two.waitFor())).containsExactly(7, 7);
        assertThat(calls()).hasSize(1);
        assertThat(root.resolve("target/wanspec-build.lock")).doesNotExist();
    }

    @Test
    void takes_the_lock_of_a_dead_process_away() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(root.resolve("target"));
        Files.createSymbolicLink(root.resolve("target/wanspec-build.lock"), Path.of(Long.toString(dead.pid())));
        assertThat(run("up").exitCode()).isEqualTo(7);
        assertThat(calls()).hasSize(1);
    }

    @Test
    void a_failed_build_shows_its_end_and_is_tried_again() throws Exception {
        environment.put("MVN_FAILS", "yes");
        Outcome failed = run("up");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err())
                .contains("[ERROR] no such dependency", "the build failed", "/home/.wanspec/logs/build.log");
        assertThat(root.resolve("target/wanspec-build.lock")).doesNotExist();

        environment.remove("MVN_FAILS");
        assertThat(run("up").exitCode()).isEqualTo(7);
    }

    @Test
    void passes_over_an_old_jdk_and_finds_one_of_the_users() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.1").toString());
        Path newer = jdk("home/.sdkman/candidates/java/25.0.2-tem", "25.0.2");
        run("up");
        // Unless this machine has one in the system's folder, which comes first.
        assertThat(calls())
                .singleElement()
                .asString()
                .satisfiesAnyOf(
                        call -> assertThat(call).startsWith(newer.toString()),
                        call -> assertThat(call).startsWith("/usr/lib/jvm/"));
    }

    @Test
    void asks_java_itself_where_there_is_no_release_file() throws Exception {
        Path jdk = jdk("unnamed", "25.0.1");
        Files.delete(jdk.resolve("release"));
        environment.put("JAVA_HOME", jdk.toString());
        run("up");
        assertThat(calls()).singleElement().asString().startsWith(jdk.toString());
    }

    @Test
    void says_what_to_install_where_there_is_no_maven() throws Exception {
        Files.delete(folder.resolve("bin/mvn"));
        for (String program :
                List.of("sh", "sed", "dirname", "readlink", "find", "head", "mkdir", "ln", "rm", "tr", "cat")) {
            write(folder.resolve("bin").resolve(program), "#!/bin/sh\nexec /bin/" + program + " \"$@\"\n", true);
        }
        environment.put("PATH", folder.resolve("bin").toString());
        Outcome outcome = run("up");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("Maven is needed to build").contains("apt install maven");
    }

    private Outcome run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("./wanspec"));
        command.addAll(List.of(arguments));
        return execute(root, command);
    }

    private Outcome execute(Path from, List<String> command) throws Exception {
        Process process = process(from, command);
        int exitCode = process.waitFor();
        return new Outcome(
                exitCode,
                Files.readString(folder.resolve("out" + process.pid())),
                Files.readString(folder.resolve("err" + process.pid())));
    }

    private Process process(Path from, List<String> command) throws IOException {
        // The shell's own process id names the files, so that two at once have their own.
        List<String> wrapped = new ArrayList<>(
                List.of("/bin/sh", "-c", "exec \"$@\" >\"$0/out$$\" 2>\"$0/err$$\"", folder.toString()));
        wrapped.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(wrapped).directory(from.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    /** A JDK whose {@code java} writes its arguments, a line each, and ends with 7. */
    private Path jdk(String name, String version) throws IOException {
        Path jdk = folder.resolve(name);
        write(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n", false);
        write(jdk.resolve("bin/javac"), "#!/bin/sh\n", true);
        write(jdk.resolve("bin/java"), """
                #!/bin/sh
                if [ "$1" = "-version" ]; then echo 'openjdk version "%s" 2026-01-01' >&2; exit 0; fi
                printf '%%s\\n' "$@"
                exit 7
                """.formatted(version), true);
        return jdk;
    }

    private static void write(Path file, String text, boolean executable) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        // Older than any build, so that what is built counts as newer.
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        if (executable) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
