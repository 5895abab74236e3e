package io.wanspec.infra.command;

import io.wanspec.infra.smoke.SmokeApi;
import io.wanspec.infra.smoke.SmokeCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec deploy smoke}. */
@Command(
        name = "smoke",
        mixinStandardHelpOptions = true,
        description =
                "Asks a deployment that is up for a few short answers and says what holds. The key is read from WANSPEC_KEY.")
final class SmokeCommand implements Callable<Integer> {
    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "the API's base with /v1: the target stack's output BaseUrl, or what 'up --local' said")
    private URI url = URI.create("https://localhost/v1");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Optional<String> key = Optional.ofNullable(System.getenv("WANSPEC_KEY")).filter(secret -> !secret.isBlank());
        boolean all = true;
        try (SmokeApi api = new SmokeApi(url, key)) {
            for (SmokeCheck check : SmokeCheck.values()) {
                all &= passes(check, api, out);
            }
        }
        return all ? 0 : 1;
    }

    private static boolean passes(SmokeCheck check, SmokeApi api, PrintWriter out) throws InterruptedException {
        try {
            check.run(api);
            out.println("ok      " + check.words());
            return true;
        } catch (IOException | RuntimeException e) {
            out.println("FAILED  " + check.words() + ": " + (e.getMessage() == null ? e : e.getMessage()));
            return false;
        }
    }
}
