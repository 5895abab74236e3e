package io.wanspec.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanspec.emulator.aws.AwsEmulatorException.Kind;
import io.wanspec.emulator.pip.FetchProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AwsEmulatorStoreTest {
    private static final String GOOD = "mkdir -p \"$D/ministack\"; echo 'the program' > \"$D/ministack/app.py\"\n";

    @TempDir
    private Path folder;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private FakePython python;
    private Path home;

    @BeforeEach
    void start() throws Exception {
        python = new FakePython(folder.resolve("fake"));
        home = folder.resolve("home");
    }

    @Test
    void installs_once_and_then_uses_what_is_there() throws Exception {
        python.installs(GOOD);
        AwsProgram program = store().require(progress());
        assertThat(program.site().resolve("ministack/app.py")).hasContent("the program");
        assertThat(program.python()).isEqualTo(python.program());
        assertThat(told).containsExactly("installing the AWS emulator with pip (once, 60 MB)");

        python.program("python3", "#!/bin/sh\nexit 1\n");
        assertThat(store().require(progress())).isEqualTo(program);
        assertThat(python.calls())
                .singleElement()
                .asString()
                .contains("install", "--no-deps", "--target", "--requirement");
        assertNothingLeft();
    }

    @Test
    void says_that_there_is_no_python() {
        python.program("python3", "#!/bin/sh\nexit 1\n");
        assertFails(Kind.NO_PYTHON, "Python 3.11 or later", "apt install python3");
    }

    @Test
    void says_that_there_is_no_pip() {
        python.program("python3", "#!/bin/sh\ncase \"$*\" in *pip*) exit 1;; esac\n");
        assertFails(Kind.NO_PIP, "has no pip", "apt install python3-pip");
    }

    @Test
    void says_at_each_try_that_there_is_no_network() throws Exception {
        python.installs(
                "echo 'WARNING: Retrying: Temporary failure in name resolution'; echo 'ERROR: no luck'; exit 1\n");
        assertFails(Kind.NETWORK, "ERROR: no luck", "Check the network");
        assertThat(python.calls()).hasSize(3);
        assertThat(told.stream().filter(line -> line.contains("Check the network")))
                .hasSize(2)
                .last()
                .asString()
                .contains("Trying again (3 of 3)");
    }

    @Test
    void does_not_try_again_where_pip_says_no() throws Exception {
        python.installs("echo 'ERROR: No matching distribution found for ministack==1.5.33'; exit 1\n");
        assertFails(Kind.NOT_OFFERED, "No matching distribution", "pip config list");
        assertThat(python.calls()).hasSize(1);
    }

    @Test
    void does_not_try_again_on_a_full_disk() throws Exception {
        python.installs("echo 'ERROR: [Errno 28] No space left on device'; exit 1\n");
        assertFails(Kind.DISK_FULL, "WANSPEC_HOME");
        assertThat(python.calls()).hasSize(1);
    }

    @Test
    void tries_again_after_pip_failed_midway_and_keeps_nothing_of_it() throws Exception {
        python.installs(
                "mkdir -p \"$D\"; echo half > \"$D/half\"; echo 'THESE PACKAGES DO NOT MATCH THE HASHES'; exit 1\n",
                GOOD);
        assertThat(store().require(progress()).site().resolve("half")).doesNotExist();
        assertThat(told).anyMatch(line -> line.contains("DO NOT MATCH") && line.contains("Trying again (2 of 3)"));
        assertNothingLeft();
    }

    @Test
    void a_damaged_installation_is_told_and_repaired() throws Exception {
        python.installs(GOOD);
        Path file = store().require(progress()).site().resolve("ministack/app.py");
        Files.writeString(file, "half");
        assertThat(store().require(progress()).site().resolve("ministack/app.py"))
                .hasContent("the program");
        assertThat(told).anyMatch(line -> line.contains("installing them again"));

        Files.delete(file);
        store().require(progress());
        assertThat(file).hasContent("the program");
        assertThat(python.calls()).hasSize(3);
    }

    @Test
    void what_python_compiles_later_is_no_damage() throws Exception {
        python.installs(GOOD);
        Path site = store().require(progress()).site();
        Files.writeString(Files.createDirectory(site.resolve("__pycache__")).resolve("app.pyc"), "compiled");
        store().require(progress());
        assertThat(python.calls()).hasSize(1);
    }

    @Test
    void another_version_takes_the_place_of_the_one_before() throws Exception {
        python.installs(GOOD);
        Path mark = store().require(progress()).site().resolve("installed.txt");
        Files.writeString(mark, Files.readString(mark).replace("ministack==1.5.33", "ministack==1.5.32"));
        store().require(progress());
        assertThat(python.calls()).hasSize(2);
    }

    @Test
    void another_python_takes_over_where_the_first_is_gone() throws Exception {
        python.installs(GOOD);
        Path first = store().require(progress()).python();
        Files.move(first, first.resolveSibling("python3.12"));
        assertThat(store().require(progress()).python()).isEqualTo(first.resolveSibling("python3.12"));
        assertThat(python.calls()).hasSize(1);
    }

    @Test
    void two_at_once_install_once() throws Exception {
        python.installs("sleep 1; " + GOOD);
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<AwsProgram> task = () -> store().require(progress());
            for (var program : threads.invokeAll(List.of(task, task))) {
                assertThat(program.get().site()).exists();
            }
        }
        assertThat(python.calls()).hasSize(1);
    }

    @Test
    void the_shared_place_is_the_home_or_the_checkouts_target() throws Exception {
        Path module = Files.createDirectories(folder.resolve("checkout/a-module"));
        Files.writeString(folder.resolve("checkout/ARCHITECTURE.md"), "");
        assertThat(SharedAwsEmulator.folder(Map.of(), module))
                .isEqualTo(folder.resolve("checkout/target/aws-emulator"));
        assertThat(SharedAwsEmulator.folder(Map.of("WANSPEC_HOME", "/home"), module))
                .isEqualTo(Path.of("/home/aws-emulator"));
    }

    private AwsEmulatorStore store() throws IOException {
        return new AwsEmulatorStore(
                home, python.environment(), new AwsInstaller(3, Duration.ZERO, Duration.ofMinutes(1)));
    }

    private FetchProgress progress() {
        return new FetchProgress() {
            @Override
            public void step(String what) {
                told.add(what);
            }

            @Override
            public void note(String text) {
                told.add(text);
            }
        };
    }

    private void assertFails(Kind kind, String... words) {
        assertThatExceptionOfType(AwsEmulatorException.class)
                .isThrownBy(() -> store().require(progress()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
                .satisfies(e -> assertThat(e.sentence()).contains(words));
    }

    private void assertNothingLeft() throws Exception {
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("site", "install.lock");
        }
    }
}
