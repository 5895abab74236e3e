package io.wanspec.evaluation.wanbench;

import io.wanspec.contracts.request.Goal;
import io.wanspec.evaluation.demo.ChatRequest;
import io.wanspec.evaluation.demo.Mode;
import io.wanspec.evaluation.demo.Speculation;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A way to serve a request.
 *
 * @param policy its name, as {@code wanspec sim} has it
 * @param choice what distinguishes it from others of the name; else the name
 */
record Method(String policy, String choice, Mode mode, Optional<Goal> goal, OptionalInt runLength) {
    static final Method B0 = new Method("b0", "b0", Mode.TARGET_ONLY, Optional.empty(), OptionalInt.empty());

    /** Co-located speculation with so many drafts a round. */
    static Method b1(int runLength) {
        return new Method("b1", "k=" + runLength, Mode.COLOCATED, Optional.empty(), OptionalInt.of(runLength));
    }

    static Method of(Goal goal) {
        String name = goal.word();
        return new Method(name, name, Mode.WANSPEC, Optional.of(goal), OptionalInt.empty());
    }

    /** The request served in this way. */
    ChatRequest ask(ChatRequest request) {
        return new ChatRequest(
                request.model(),
                request.prompt(),
                request.maxTokens(),
                request.temperature(),
                request.topP(),
                request.seed(),
                mode,
                goal.map(Speculation::of),
                runLength);
    }
}
