package io.wanspec.cli;

import io.wanspec.simulator.run.Crew;
import io.wanspec.simulator.study.BadOption;
import io.wanspec.simulator.study.Replay;
import io.wanspec.simulator.study.StudyOptions;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What a study of the simulator is made of. */
final class SimOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "reference",
            description = "Pass times, acceptance and jitter; a wrong name lists them (default: ${DEFAULT-VALUE}).")
    private String scenario = "reference";

    @Option(
            names = "--rtt",
            paramLabel = "LIST",
            defaultValue = StudyOptions.RTT_DEFAULT,
            description = "Round trips in milliseconds, or pairs of regions such as us-east-1/us-west-2, with commas"
                    + " (default: ${DEFAULT-VALUE}).")
    private String rtt = StudyOptions.RTT_DEFAULT;

    @Option(
            names = "--policy",
            paramLabel = "LIST",
            defaultValue = "policies",
            description = "Names with commas; 'policies' for the compared ones, 'all' for ablations and prices as well"
                    + " (default: ${DEFAULT-VALUE}).")
    private String policy = "policies";

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "" + StudyOptions.REQUESTS_DEFAULT,
            description = "Requests of each point (default: ${DEFAULT-VALUE}).")
    private String requests = "" + StudyOptions.REQUESTS_DEFAULT;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the first request's text (default: ${DEFAULT-VALUE}).")
    private String seed = "1";

    @Option(names = "--threads", paramLabel = "N", description = "Points at a time (default: one a processor).")
    private String threads =
            "" + Math.min(Crew.THREADS_MAX, Runtime.getRuntime().availableProcessors());

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    /** What is to be simulated. */
    StudyOptions study() {
        StudyOptions.Typed typed = new StudyOptions.Typed(scenario, rtt, policy, requests, seed, threads);
        Optional<Replay.Typed> trace = replay.typed();
        if (trace.isPresent()) {
            refuseWith("--trace", "--scenario", "--report");
        }
        try {
            return trace.isPresent() ? StudyOptions.of(typed, trace.get()) : StudyOptions.of(typed);
        } catch (BadOption e) {
            throw new ParameterException(command().commandLine(), Objects.toString(e.getMessage()), e);
        }
    }

    /** Refuses {@code option} beside any other but {@code companion}. */
    void requireAlone(String option, String companion) {
        refuseWith(
                option,
                command().options().stream()
                        .map(OptionSpec::longestName)
                        .filter(name -> !name.equals(option) && !name.equals(companion))
                        .toArray(String[]::new));
    }

    /** Refuses {@code option} beside any of the others. */
    void refuseWith(String option, String... others) {
        ParseResult parsed = command().commandLine().getParseResult();
        for (String other : others) {
            if (parsed.hasMatchedOption(other)) {
                throw new ParameterException(
                        command().commandLine(), option + " and " + other + " do not go together; leave one out.");
            }
        }
    }

    /** The first of the seeds that follow one another. */
    long firstSeed() {
        return Bounds.of(spec).whole("--seed", seed, 0, Long.MAX_VALUE / 2, "", "--seed 1");
    }

    private CommandSpec command() {
        return Bounds.of(spec).spec();
    }
}
