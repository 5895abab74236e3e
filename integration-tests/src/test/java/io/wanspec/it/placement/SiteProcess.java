package io.wanspec.it.placement;

import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.local.worker.SiteWorker;
import io.wanspec.local.worker.WorkerSettings;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A machine on site: a draft worker and its model, in a process of their own, which ends with whoever started it. */
final class SiteProcess implements AutoCloseable {
    private static final int SLOTS = 2;

    private final Process process;

    private SiteProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts one, which joins by itself.
     *
     * @param token goes its own way: everybody on a machine can see arguments
     */
    static SiteProcess start(URI api, String token) throws IOException {
        Process process = RegionProcess.builder(
                        SiteProcess.class, api.resolve("/v1").toString())
                .redirectOutput(new File("/dev/null"))
                .start();
        BufferedWriter input =
                new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        input.write(token + "\n");
        input.flush();
        return new SiteProcess(process);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As the power fails: nobody is told. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Joins, and ends when nobody could hear it any more. */
    public static void main(String[] args) throws IOException {
        StringBuilder token = new StringBuilder();
        for (int read = System.in.read(); read > ' '; read = System.in.read()) {
            token.append((char) read);
        }
        try (ToyContainer draft = ToyContainer.of(new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1));
                SiteWorker worker = SiteWorker.start(
                        new WorkerSettings(URI.create(args[0]), token.toString(), draft.uri(), SLOTS, Duration.ZERO))) {
            while (System.in.read() >= 0 && worker.fatal().isEmpty()) {
                // Until the end.
            }
        }
    }
}
