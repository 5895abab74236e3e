package io.wanspec.emulator.aws;

import io.wanspec.emulator.aws.AwsEmulatorException.Kind;
import io.wanspec.emulator.pip.FetchProgress;
import io.wanspec.emulator.pip.Folders;
import io.wanspec.emulator.pip.Pip;
import io.wanspec.emulator.pip.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Installs the emulator with pip. All work happens in a folder of its own, which is gone afterwards; the emulator appears at its
 * place in one step, whole and checked against the pinned checksums, or not at all.
 *
 * @param attemptsMax how often it is tried in all
 * @param pause before the second attempt; doubled for each further one
 * @param limit of one attempt
 */
record AwsInstaller(int attemptsMax, Duration pause, Duration limit) {
    /** What lies there in the end; on the way there are packages beside it. */
    private static final long BYTES = 60_000_000;

    private static final long SPACE_BYTES = 2 * BYTES;
    private static final String REMEDY = "pip's index settings (`python3 -m pip config list`), then try again.";

    void install(Python python, Path site, Path work, FetchProgress progress)
            throws AwsEmulatorException, IOException, InterruptedException {
        Pip pip = python.pip()
                .orElseThrow(() -> new AwsEmulatorException(
                        Kind.NO_PIP,
                        "The local cloud's DynamoDB and SQS come from a Python package, and " + python.program()
                                + " has no pip. Install it (Debian: apt install python3-pip), then try again."));
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(pip, python, site, work, progress);
                return;
            } catch (AwsEmulatorException e) {
                if (attempt >= attemptsMax || !e.kind().worthRetrying()) {
                    throw e;
                }
                progress.note(e.sentence() + " Trying again (" + (attempt + 1) + " of " + attemptsMax + ").");
                Thread.sleep(pause.multipliedBy(1L << (attempt - 1)));
            }
        }
    }

    private void attempt(Pip pip, Python python, Path site, Path work, FetchProgress progress)
            throws AwsEmulatorException, IOException, InterruptedException {
        try {
            Folders.remove(work);
            Files.createDirectories(work);
            if (Files.getFileStore(work).getUsableSpace() < SPACE_BYTES) {
                throw diskFull();
            }
            Path requirements = Files.writeString(work.resolve("requirements.txt"), AwsInstallation.REQUIREMENTS);
            Path made = work.resolve("site");
            progress.step("installing the AWS emulator with pip (once, 60 MB)");
            Pip.Outcome outcome = pip.install(
                    requirements, made, work, limit, written -> progress.bytes(Math.min(written, BYTES), BYTES));
            if (outcome.exitCode() != 0) {
                throw failed(outcome);
            }
            AwsInstallation.mark(made, python.program());
            Folders.remove(site);
            Files.move(made, site);
        } finally {
            removeQuietly(work);
        }
    }

    private static AwsEmulatorException failed(Pip.Outcome outcome) {
        String could = "pip could not install the AWS emulator (" + outcome.lastLine() + "). ";
        return switch (outcome.trouble()) {
            case DISK_FULL -> diskFull();
            case NETWORK -> new AwsEmulatorException(Kind.NETWORK, could + "Check the network and " + REMEDY);
            case NOT_OFFERED -> new AwsEmulatorException(Kind.NOT_OFFERED, could + "Check " + REMEDY);
            case OTHER -> new AwsEmulatorException(Kind.INSTALL_FAILED, could + "If this repeats, check " + REMEDY);
        };
    }

    static AwsEmulatorException diskFull() {
        return new AwsEmulatorException(
                Kind.DISK_FULL,
                "The disk is full: installing the AWS emulator needs some " + SPACE_BYTES / 1_000_000
                        + " MB. Free space, or set WANSPEC_HOME to a folder on another disk.");
    }

    private static void removeQuietly(Path work) {
        try {
            Folders.remove(work);
        } catch (IOException left) {
            // The next installation removes it before it begins.
        }
    }
}
