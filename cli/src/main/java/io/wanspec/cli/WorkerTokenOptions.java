package io.wanspec.cli;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.workers.WorkerScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What workers with a new token may serve. */
final class WorkerTokenOptions {
    private static final int DAYS_MAX = 3_650;
    private static final int JOINS_EACH_MINUTE = 20;
    private static final int JOINS_OF_A_WORKER = 12;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private int slots = 8;
    private int workers = 16;
    private Set<String> owners = Set.of();
    private Optional<Duration> lifetime = Optional.empty();

    @Option(
            names = "--site",
            paramLabel = "NAME",
            required = true,
            description =
                    "Where the machines are. Prompts of a key reach them if its --prompt-regions name this site, or the"
                            + " settings of the site allow any prompt.")
    private String site = "";

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Most sessions at once of all its workers together, 1 to 1024 (default: 8).")
    void setSlots(String value) {
        slots = (int) Bounds.of(spec).whole("--slots", value, 1, WorkerScope.SLOTS_MAX, "", "--slots 8");
    }

    @Option(names = "--workers", paramLabel = "N", description = "Most workers at once, 1 to 256 (default: 16).")
    void setWorkers(String value) {
        workers = (int) Bounds.of(spec).whole("--workers", value, 1, WorkerScope.WORKERS_MAX, "", "--workers 16");
    }

    @Option(
            names = "--owners",
            paramLabel = "LIST",
            description =
                    "Owners of keys whose sessions its workers may see, with commas (default: all that the site may see).")
    void setOwners(String value) {
        owners = Set.copyOf(List.of(value.split(",", -1)));
    }

    @Option(
            names = "--expires-days",
            paramLabel = "N",
            description = "How long it lives, 1 to 3650 (default: until revoked).")
    void setLifetime(String value) {
        lifetime = Optional.of(Duration.ofDays(
                Bounds.of(spec).whole("--expires-days", value, 1, DAYS_MAX, " (days)", "--expires-days 90")));
    }

    /** Whoever renews its ticket as it should asks three times a minute; the rest is for lines that are lost often. */
    KeyLimits limits() {
        var joins = OptionalLong.of(JOINS_EACH_MINUTE + (long) JOINS_OF_A_WORKER * workers);
        return new KeyLimits(joins, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    WorkerScope scope() {
        try {
            return new WorkerScope(site, slots, workers, owners);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Bounds.of(spec).spec().commandLine(), e.getMessage() + ".");
        }
    }

    Optional<Duration> lifetime() {
        return lifetime;
    }
}
