package io.wanspec.endpoints;

import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.server.Role;
import io.wanspec.endpoints.server.ServerSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program's arguments; each falls back to an environment variable, then to a default. */
public final class EndpointOptions {
    @Parameters(arity = "0..1", hidden = true, description = "'serve', as SageMaker starts containers")
    private @Nullable String verb;

    @Option(
            names = "--role",
            required = true,
            defaultValue = "${env:WANSPEC_ROLE}",
            description = "${COMPLETION-CANDIDATES} (WANSPEC_ROLE)")
    private Role role = Role.TARGET;

    @Option(
            names = "--model",
            defaultValue = "${env:WANSPEC_MODEL:-/opt/ml/model}",
            description = "checkpoint, a file or a folder (WANSPEC_MODEL; ${DEFAULT-VALUE})")
    private Path model = Path.of("/opt/ml/model");

    @Option(
            names = "--name",
            defaultValue = "${env:WANSPEC_MODEL_NAME}",
            description = "the model's name in replies (WANSPEC_MODEL_NAME)")
    private @Nullable String name;

    @Option(
            names = "--tokenizer-from",
            defaultValue = "${env:WANSPEC_TOKENIZER_FROM}",
            description = "take the tokenizer of this checkpoint (WANSPEC_TOKENIZER_FROM)")
    private @Nullable Path tokenizerFrom;

    @Option(
            names = "--host",
            defaultValue = "${env:WANSPEC_HOST:-0.0.0.0}",
            description = "address to listen on (WANSPEC_HOST; ${DEFAULT-VALUE})")
    private String host = "0.0.0.0";

    @Option(
            names = "--port",
            defaultValue = "${env:WANSPEC_PORT:-8080}",
            description = "0 takes any free port (WANSPEC_PORT; ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--precision",
            defaultValue = "${env:WANSPEC_PRECISION}",
            completionCandidates = EngineSettings.PrecisionWords.class,
            description = "${COMPLETION-CANDIDATES} (WANSPEC_PRECISION; " + EngineSettings.TARGET_PRECISION
                    + " of a target, " + EngineSettings.DRAFT_PRECISION + " of a draft)")
    private @Nullable Precision precision;

    @Option(
            names = "--device",
            defaultValue = "${env:WANSPEC_DEVICE:-cpu}",
            description = "cpu or gpu (WANSPEC_DEVICE; ${DEFAULT-VALUE})")
    private Device device = Device.CPU;

    @Option(
            names = "--threads",
            defaultValue = "${env:WANSPEC_THREADS:-1}",
            description = "threads of one operation (WANSPEC_THREADS; ${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--cache-bytes",
            defaultValue = "${env:WANSPEC_CACHE_BYTES:-402653184}",
            description = "bound on all key-value caches (WANSPEC_CACHE_BYTES; ${DEFAULT-VALUE})")
    private long cacheBytes;

    @Option(
            names = "--sequences",
            defaultValue = "${env:WANSPEC_SEQUENCES:-64}",
            description = "most sequences in use at a time (WANSPEC_SEQUENCES; ${DEFAULT-VALUE})")
    private int sequences;

    @Option(
            names = "--pace-pass-ms",
            defaultValue = "${env:WANSPEC_PACE_PASS_MS:-0}",
            description = "least time of a decode pass (WANSPEC_PACE_PASS_MS)")
    private double pacePassMs;

    @Option(
            names = "--pace-token-ms",
            defaultValue = "${env:WANSPEC_PACE_TOKEN_MS:-0}",
            description = "and of each token beyond its first (WANSPEC_PACE_TOKEN_MS)")
    private double paceTokenMs;

    @Option(names = "--exit-with-parent", description = "exit when standard input ends")
    private boolean exitWithParent;

    /** Where a model runs. */
    enum Device {
        CPU,
        GPU
    }

    Role role() {
        return role;
    }

    Path model() {
        return model;
    }

    /** The name to serve the model under, or null for its file's. */
    @Nullable
    String name() {
        return name;
    }

    @Nullable
    Path tokenizerFrom() {
        return tokenizerFrom;
    }

    boolean exitWithParent() {
        return exitWithParent;
    }

    /** @throws IllegalArgumentException if a value is out of bounds, or the verb is not {@code serve} */
    ServerSettings server() {
        if (verb != null && !verb.equals("serve")) {
            throw new IllegalArgumentException("the only verb is serve, was " + verb);
        }
        return ServerSettings.of(host, port, role);
    }

    /** @throws RuntimeException if the settings exclude each other; the message is one sentence */
    EngineSettings engine() {
        EngineSettings usual = switch (role) {
            case TARGET -> EngineSettings.cpuTarget();
            case DRAFT -> EngineSettings.cpuDraft();
        };
        Precision chosen = precision == null ? usual.precision() : precision;
        return new EngineSettings(chosen, device == Device.GPU, threads, cacheBytes);
    }

    /** @throws IllegalArgumentException if there is none */
    int sequences() {
        if (sequences < 1) {
            throw new IllegalArgumentException("sequences must be at least 1, was " + sequences);
        }
        return sequences;
    }

    /** @throws IllegalArgumentException if a value is out of bounds */
    MinimumPassTime pace() {
        return new MinimumPassTime(pacePassMs, paceTokenMs);
    }
}
