package io.wanspec.it.placement;

import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.local.launch.JavaProgram;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A draft region: SageMaker and a draft worker, in a process of their own, which ends with whoever started it. */
final class RegionProcess implements AutoCloseable {
    static final String ENDPOINT = "draft";

    private final Process process;
    private final URI uri;

    private RegionProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    static RegionProcess start() throws IOException {
        Process process = builder(RegionProcess.class).start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("http")) {
                return new RegionProcess(process, URI.create(line));
            }
        }
        throw new IOException("the region's process has ended");
    }

    /** A small Java process that runs a class of this module, and that nobody listens to but on its output. */
    static ProcessBuilder builder(Class<?> main, String... arguments) {
        JavaProgram program = JavaProgram.ofThisProcess(main.getName());
        List<String> line = new ArrayList<>(List.of(
                program.java().toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                program.classpath(),
                program.mainClass()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectError(new File("/dev/null"));
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Says where it is, and ends when nobody could hear it any more. */
    public static void main(String[] args) throws IOException {
        try (SageMakerEmulator region = SageMakerEmulator.open(SageMakerSettings.onPort(0));
                ToyContainer draft = ToyContainer.of(new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1))) {
            region.endpoints().put(ENDPOINT, draft.uri());
            System.out.println(region.uri());
            while (System.in.read() >= 0) {
                // Until the end.
            }
        }
    }
}
