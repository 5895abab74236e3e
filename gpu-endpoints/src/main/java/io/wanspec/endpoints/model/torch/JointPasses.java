package io.wanspec.endpoints.model.torch;

import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.PassResult;
import io.wanspec.endpoints.model.SequencePass;
import io.wanspec.endpoints.model.program.LlamaProgram;
import io.wanspec.endpoints.model.program.ProgramPass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of several sequences as one forward pass. Single precision, whose products depend on the number of rows, computes one
 * after the other.
 */
final class JointPasses {
    private static final Logger LOG = LoggerFactory.getLogger(JointPasses.class);

    private final LlamaProgram program;

    JointPasses(LlamaProgram program) {
        this.program = program;
    }

    /** What became of the attempt to make a part ready. */
    private sealed interface Readied {
        record Ready(SequencePass part, Prepared prepared) implements Readied {}

        record Not(Throwable why) implements Readied {}
    }

    List<PassResult> run(List<SequencePass> parts) {
        if (parts.size() == 1) {
            return List.of(PassResult.of(parts.getFirst()));
        }
        if (!program.isWholePassExact()) {
            return oneByOne(parts);
        }
        List<Readied> readied = parts.stream().map(JointPasses::ready).toList();
        List<Readied.Ready> ready = readied.stream()
                .filter(Readied.Ready.class::isInstance)
                .map(Readied.Ready.class::cast)
                .toList();
        List<PassResult> ran = ready.isEmpty() ? List.of() : together(ready);
        List<PassResult> results = new ArrayList<>();
        int next = 0;
        for (Readied each : readied) {
            results.add(
                    switch (each) {
                        case Readied.Ready r -> ran.get(next++);
                        case Readied.Not(Throwable why) -> new PassResult.Failed(why);
                    });
        }
        return results;
    }

    private static Readied ready(SequencePass part) {
        try {
            return new Readied.Ready(part, prepare(part));
        } catch (RuntimeException | Error e) {
            return new Readied.Not(e);
        }
    }

    private static Prepared prepare(SequencePass part) {
        return switch (part) {
            case SequencePass.Append append ->
                ((TorchSequence) append.sequence()).prepare(append.tokens(), append.logitRows());
            case SequencePass.Tree tree -> ((TorchSequence) tree.sequence()).prepareTree(tree.tokens(), tree.parents());
            case SequencePass.Growth growth -> ((TorchBranches) growth.branches()).prepare(growth.nodes());
        };
    }

    private List<PassResult> together(List<Readied.Ready> ready) {
        List<ProgramPass> passes =
                ready.stream().map(each -> each.prepared().pass()).toList();
        List<Pass> ran;
        try {
            ran = program.run(passes);
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "a pass over {} parts failed; they are computed one by one, and whoever is to blame is found by itself",
                    ready.size(),
                    e);
            ready.forEach(each -> each.prepared().undone().run());
            return oneByOne(ready.stream().map(Readied.Ready::part).toList());
        }
        ready.forEach(each -> each.prepared().done().run());
        return IntStream.range(0, ran.size())
                .<PassResult>mapToObj(i -> new PassResult.Done(ran.get(i)))
                .toList();
    }

    /** A part's logits must outlive the next one's pass. */
    private static List<PassResult> oneByOne(List<SequencePass> parts) {
        return parts.stream().map(PassResult::of).map(JointPasses::copied).toList();
    }

    private static PassResult copied(PassResult result) {
        return switch (result) {
            case PassResult.Done(Pass pass) -> new PassResult.Done(pass.copy());
            case PassResult.Failed failed -> failed;
        };
    }
}
