package io.wanspec.evaluation.wanbench;

import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.evaluation.demo.ChatRequest;
import java.util.OptionalInt;

/**
 * A way to serve a request.
 *
 * @param policy its name, as {@code wanspec sim} has it
 * @param choice what distinguishes it from others of the name; else the name
 * @param speculation how a request asks for it
 */
record Method(String policy, String choice, Speculation speculation) {
    static final Method B0 = new Method("b0", "b0", Speculation.targetOnly());

    /** Co-located speculation with so many drafts a round. */
    static Method b1(int runLength) {
        return new Method("b1", "k=" + runLength, Speculation.colocated(OptionalInt.of(runLength)));
    }

    static Method of(Goal goal) {
        return new Method(goal.word(), goal.word(), Speculation.of(goal));
    }

    /** The request served in this way. */
    ChatRequest ask(ChatRequest request) {
        return request.as(speculation);
    }
}
