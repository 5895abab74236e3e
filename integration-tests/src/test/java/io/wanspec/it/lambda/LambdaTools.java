package io.wanspec.it.lambda;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Lambda's own parts that run without Docker. They are built once ({@code tools/lambda-tools}); without them tests are skipped. */
public final class LambdaTools {
    private LambdaTools() {}

    /** The Web Adapter. */
    public static Path adapter() {
        return tool("lambda-adapter");
    }

    /** The Runtime Interface Emulator. */
    static Path emulator() {
        return tool("aws-lambda-rie");
    }

    private static Path tool(String name) {
        Path path = folder().resolve(name);
        return Files.isExecutable(path)
                ? path
                : abort("SKIPPED: there is no " + path
                        + ". Run 'tools/lambda-tools' in the checkout, which builds it once");
    }

    private static Path folder() {
        String set = System.getenv().getOrDefault("WANSPEC_LAMBDA_TOOLS", "");
        String home = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return set.isBlank() ? Path.of(home, "wanspec", "lambda-tools") : Path.of(set);
    }
}
