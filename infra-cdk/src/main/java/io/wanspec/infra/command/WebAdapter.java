package io.wanspec.infra.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where {@code tools/lambda-tools} has built Lambda's Web Adapter. */
final class WebAdapter {
    private WebAdapter() {}

    static Path require() {
        Path program = folder(System.getenv(), System.getProperty("user.home")).resolve("lambda-adapter");
        if (!Files.isExecutable(program)) {
            throw new IllegalArgumentException("the function api runs behind Lambda's Web Adapter, and there is no "
                    + program + ". Build it once with tools/lambda-tools (needs cargo) and run this again");
        }
        return program;
    }

    static Path folder(Map<String, String> environment, String userHome) {
        String set = environment.getOrDefault("WANSPEC_LAMBDA_TOOLS", "");
        String cache = environment.getOrDefault("XDG_CACHE_HOME", userHome + "/.cache");
        return set.isBlank() ? Path.of(cache, "wanspec", "lambda-tools") : Path.of(set);
    }
}
