package io.wanspec.infra.command;

import io.wanspec.infra.smoke.SmokeApi;
import io.wanspec.infra.smoke.SmokeCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new ParameterException(
                    line, "'" + url + "' is no address of an API. Write one such as https://api.example.com/v1");
        }
        PrintWriter out = line.getOut();
        Optional<String> key = Optional.ofNullable(System.getenv("WANSPEC_KEY")).filter(secret -> !secret.isBlank());
        boolean all = true;
        try (SmokeApi api = new SmokeApi(url, key)) {
            for (SmokeCheck check : SmokeCheck.values()) {
                all &= passes(check, api, out);
            }
        } catch (UncheckedIOException away) {
            out.println("FAILED  nobody answers at " + url
                    + ". Is it the address that 'up' said, and has that ended well?");
            return 1;
        }
        return all ? 0 : 1;
    }

    private static boolean passes(SmokeCheck check, SmokeApi api, PrintWriter out) throws InterruptedException {
        try {
            check.run(api);
            out.println("ok      " + check.words());
            return true;
        } catch (ConnectException away) {
            throw new UncheckedIOException(away);
        } catch (IOException | RuntimeException e) {
            out.println("FAILED  " + check.words() + ": " + (e.getMessage() == null ? e : e.getMessage()));
            return false;
        }
    }
}
