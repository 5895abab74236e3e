package io.wanspec.controller;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.policy.Redundancy;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The controller's own time: all events of one whole request, recorded once in a {@link World}, are given to a new
 * controller again and again. {@code events} is the time for each of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ControllerBenchmark {
    private static final double GOAL_MICROS = 100;
    private static final int PROMPT_TOKENS = 64;
    private static final int ONE_WAY_MS = 15;

    /** About what the committed draft reaches. */
    private static final double ACCEPTANCE = 0.3;

    /** Of the answer: a time for each event that grows with it would show here. */
    @Param({"64", "512"})
    public int answerTokens;

    private GenerationRequest request = request(1);
    private List<Event> script = List.of();

    /** Counts events, so that JMH gives the time for each. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counter {
        public long events;
    }

    public static void main(String[] arguments) throws RunnerException {
        var options = new OptionsBuilder()
                .include(ControllerBenchmark.class.getName())
                .build();
        for (RunResult run : new Runner(options).run()) {
            Result<?> events = run.getSecondaryResults().get("events");
            System.out.printf(
                    Locale.ROOT,
                    "%s tokens: %.2f us an event; the goal is less than %.0f%n",
                    run.getParams().getParam("answerTokens"),
                    Objects.requireNonNull(events).getScore(),
                    GOAL_MICROS);
        }
    }

    @Setup(Level.Trial)
    public void record() {
        request = request(answerTokens);
        World world = new World(1, new HashModel(1, ACCEPTANCE, 0), World.Faults.none(ONE_WAY_MS), request, settings());
        world.run();
        script = world.heard();
        if (!replayFinishes()) {
            throw new IllegalStateException("the recorded events do not make a whole request");
        }
    }

    private boolean replayFinishes() {
        SpeculationController controller = new SpeculationController(request, settings());
        return script.stream()
                .flatMap(event -> controller.handle(event).stream())
                .anyMatch(Action.Finish.class::isInstance);
    }

    @Benchmark
    public void wholeRequest(Counter counter, Blackhole sink) {
        SpeculationController controller = new SpeculationController(request, settings());
        for (Event event : script) {
            sink.consume(controller.handle(event));
        }
        counter.events += script.size();
    }

    private static ControllerSettings settings() {
        List<Worker> workers = List.of(World.REMOTE, World.BUSY);
        return ControllerSettings.wanspec(World.TARGET, workers, new Redundancy.Entropy(1));
    }

    private static GenerationRequest request(int answerTokens) {
        int[] prompt = new Random(1).ints(PROMPT_TOKENS, 1, 50).toArray();
        return new GenerationRequest(
                new SessionId("bench"), Tokens.of(prompt), SamplingOptions.greedy(), answerTokens, List.of());
    }
}
