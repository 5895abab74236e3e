package io.wanspec.emulator.aws;

import io.wanspec.emulator.aws.AwsEmulatorException.Kind;
import io.wanspec.emulator.pip.FetchProgress;
import io.wanspec.emulator.pip.Python;
import io.wanspec.emulator.pip.StoreLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The AWS emulator on this machine: installed when it is first asked for, used offline ever after. Several processes may use one. */
public final class AwsEmulatorStore {
    private final Path folder;
    private final Map<String, String> environment;
    private final AwsInstaller installer;

    AwsEmulatorStore(Path folder, Map<String, String> environment, AwsInstaller installer) {
        this.folder = folder.toAbsolutePath().normalize();
        this.environment = Map.copyOf(environment);
        this.installer = installer;
    }

    /**
     * @param folder is its alone; need not exist yet
     * @param environment where Python is looked for
     */
    public static AwsEmulatorStore at(Path folder, Map<String, String> environment) {
        return new AwsEmulatorStore(
                folder, environment, new AwsInstaller(3, Duration.ofSeconds(2), Duration.ofMinutes(20)));
    }

    /** The emulator, installed now if it is missing, of another version, or damaged. */
    public AwsProgram require(FetchProgress progress) throws AwsEmulatorException, InterruptedException {
        try {
            Optional<AwsProgram> ready = installed();
            return ready.isPresent() ? ready.get() : install(progress);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private AwsProgram install(FetchProgress progress) throws AwsEmulatorException, IOException, InterruptedException {
        Runnable onWait = () -> progress.note("Another wanspec is installing the AWS emulator; waiting for it.");
        try (var _ = StoreLock.acquire(folder.resolve("install.lock"), onWait)) {
            // Whoever held the lock before may have done the work.
            Optional<AwsProgram> ready = installed();
            if (ready.isPresent()) {
                return ready.get();
            }
            if (Files.exists(site())) {
                progress.note("The AWS emulator's files are not as they were installed; installing them again.");
            }
            Python python = python();
            installer.install(python, site(), folder.resolve(".installing"), progress);
            return program(python.program());
        }
    }

    private Optional<AwsProgram> installed() throws IOException {
        if (!AwsInstallation.isWhole(site())) {
            return Optional.empty();
        }
        return Optional.of(AwsInstallation.python(site()))
                .filter(Files::isExecutable)
                .or(() -> Python.find(environment).map(Python::program))
                .map(this::program);
    }

    private AwsProgram program(Path python) {
        return new AwsProgram(python, site(), folder.resolve("runs"));
    }

    private Path site() {
        return folder.resolve("site");
    }

    private Python python() throws AwsEmulatorException {
        return Python.find(environment)
                .orElseThrow(() -> new AwsEmulatorException(
                        Kind.NO_PYTHON,
                        "The local cloud's DynamoDB and SQS need Python 3." + Python.MINOR_MIN
                                + " or later, and there is none on the search path. Install it (Debian: apt install"
                                + " python3 python3-pip; macOS: brew install python), then try again."));
    }

    private AwsEmulatorException unusable(IOException cause) {
        if (String.valueOf(cause.getMessage()).contains("No space left")) {
            return AwsInstaller.diskFull();
        }
        return new AwsEmulatorException(
                Kind.UNWRITABLE,
                "Cannot write " + folder + ": " + cause
                        + ". Check the folder's permissions, or set WANSPEC_HOME to another folder.");
    }
}
