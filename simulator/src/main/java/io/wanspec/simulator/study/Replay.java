package io.wanspec.simulator.study;

import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Scenarios;
import io.wanspec.simulator.text.TraceLanguage;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.trace.TraceException;
import io.wanspec.simulator.trace.TraceReader;
import io.wanspec.simulator.world.PassTimes;
import io.wanspec.simulator.world.Wan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A scenario made of a recorded trace. */
public final class Replay {
    /** What the recording machine's passes took. */
    public static final String PACE_MEASURED = "measured";

    /** What passes take in the reference scenario. */
    public static final String PACE_REFERENCE = "reference";

    private static final String RECORD = "./wanspec record --out trace.jsonl makes one";

    /** The values as they are typed; an empty temperature is the trace's lowest. */
    public record Typed(String trace, String temperature, String pace) {}

    private Replay() {}

    /** The scenario of what is typed, at no round trip. */
    public static Scenario scenario(Typed typed) throws BadOption {
        boolean measured = isMeasured(typed.pace());
        Trace trace = read(typed.trace());
        double temperature = temperature(trace, typed.temperature());
        PassTimes times = measured ? PassTimes.measured(trace.header()) : PassTimes.reference();
        Scenario reference = Scenarios.reference();
        Scenario replay = Scenarios.replay(
                trace, temperature, Wan.of(0), times, reference.tokens(), StudyOptions.REQUESTS_DEFAULT);
        return measured ? replay : replay.named(replay.name() + ", reference pass times");
    }

    private static boolean isMeasured(String pace) throws BadOption {
        return switch (pace) {
            case PACE_MEASURED -> true;
            case PACE_REFERENCE -> false;
            default -> throw new BadOption("--pace", pace, PACE_MEASURED + " or " + PACE_REFERENCE, PACE_MEASURED);
        };
    }

    private static Trace read(String file) throws BadOption {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                throw new BadOption("--trace: " + file + " is no file; " + RECORD + ".");
            }
            return TraceReader.read(path);
        } catch (TraceException e) {
            throw new BadOption("--trace: " + file + " is no trace: " + e.getMessage() + "; " + RECORD + ".");
        } catch (IOException e) {
            throw new BadOption("--trace: " + file + " cannot be read: " + e + "; name a file that is yours.");
        }
    }

    private static double temperature(Trace trace, String typed) throws BadOption {
        List<Double> recorded = TraceLanguage.temperatures(trace);
        for (double each : recorded) {
            if (typed.isEmpty() || parsed(typed) == each) {
                return each;
            }
        }
        String all = recorded.stream().map(String::valueOf).collect(Collectors.joining(", "));
        throw new BadOption("--temperature", typed, "one that the trace has: " + all, "" + recorded.getFirst());
    }

    private static double parsed(String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
