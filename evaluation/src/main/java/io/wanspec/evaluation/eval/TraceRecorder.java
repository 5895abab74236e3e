package io.wanspec.evaluation.eval;

import io.wanspec.endpoints.eval.EvalLine;
import io.wanspec.simulator.trace.PassTable;
import io.wanspec.simulator.trace.TraceHeader;
import io.wanspec.simulator.trace.TraceRequest;
import io.wanspec.simulator.trace.TraceWriter;
import java.io.IOException;

/** Writes all that is observed as a trace, which the simulator replays. */
public final class TraceRecorder implements EvalRun.Observer {
    private final TraceWriter writer;
    private final EvalRun.Settings settings;
    private int requests;
    private long tokens;

    public TraceRecorder(TraceWriter writer, EvalRun.Settings settings) {
        this.writer = writer;
        this.settings = settings;
    }

    @Override
    public void begun(EvalLine.Begun line) throws IOException {
        writer.write(TraceHeader.of(
                settings.target(),
                settings.draft(),
                settings.temperatures(),
                settings.maxTokens(),
                new PassTable(line.targetPassMs()),
                new PassTable(line.draftPassMs())));
    }

    @Override
    public void observed(EvalLine.Observed line) throws IOException {
        writer.write(new TraceRequest(
                line.prompt(), line.temperature(), line.seed(), line.entropies(), line.ranks(), line.surprisals()));
        requests++;
        tokens += line.tokens().size();
    }

    public int requests() {
        return requests;
    }

    public long tokens() {
        return tokens;
    }
}
