package io.wanspec.infra.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param memoryMb of each; processors come in proportion
 * @param concurrency of <i>api</i>: answers made at once, each in an environment of its own
 * @param jobs of <i>worker</i>: background answers made at once
 * @param packages folder of the zips, in place of the build's
 */
public record FunctionSettings(
        FunctionRuntime runtime,
        int memoryMb,
        int concurrency,
        int jobs,
        @Nullable String packages) {
    static final FunctionSettings DEFAULT = new FunctionSettings(FunctionRuntime.JAVA25, 2048, 100, 20, null);

    /**
     * Where the zips are.
     *
     * @param checkout the project's folder
     */
    public Path packages(Path checkout) {
        return checkout.resolve(packages == null ? runtime.packages() : packages);
    }

    /** The zips without a Java runtime of their own, which every Java on the way can run. */
    public Path ofManagedRuntime(Path checkout) {
        return checkout.resolve(packages == null ? FunctionRuntime.JAVA25.packages() : packages);
    }
}
