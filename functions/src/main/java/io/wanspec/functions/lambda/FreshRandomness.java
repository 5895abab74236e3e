package io.wanspec.functions.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Random state after a restore. The JDK's generator on Linux mixes what the kernel gives with state of its own, one for the whole
 * process, also for UUIDs and for the marks of budgets' writers; the latter came out of the snapshot, and is made different here.
 * Lambda sees to the kernel's. {@code ThreadLocalRandom} stays as it was: only the jitter of pauses is drawn from it, and nothing
 * depends on its being different.
 */
final class FreshRandomness {
    private static final Path KERNEL = Path.of("/dev/urandom");
    private static final int SEED_BYTES = 32;

    private FreshRandomness() {}

    /** Adds to what the generator has, which therefore is never weaker than before. */
    static void stir(SecureRandom generator) {
        try (InputStream kernel = Files.newInputStream(KERNEL)) {
            generator.setSeed(kernel.readNBytes(SEED_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException("no randomness after a restore", e);
        }
    }
}
