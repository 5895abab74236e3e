package io.wanspec.evaluation.demo;

import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import java.util.OptionalInt;

/** Sends one request in three modes, after a warm-up, and compares them. */
public final class Demo {
    /** Tokens of a warm-up's answer: enough rounds to tell what a pass takes. */
    public static final int WARM_UP_TOKENS = 24;

    private static final int WARM_UP_RUN_LENGTH = 4;

    /** Tokens of co-located speculation's warm-up, which must show how often its drafts are right. */
    private static final int WARM_UP_TOKENS_COLOCATED = 64;

    /** Is told how it goes on. */
    public interface Listener {
        /** A warm-up in this mode begins. */
        void warmingUp(Mode mode);

        /** What follows is timed. */
        default void warmedUp() {}

        /** The request is sent in this mode. */
        void began(Mode mode);

        /** A piece of the answer came; the pieces of all modes come here. */
        void text(Mode mode, String piece);

        /** A line of the session's timeline came, where the request asks for that. */
        default void happened(Mode mode, String line) {}

        /** The answer is complete. */
        void ended(Run run);
    }

    private final ChatClient client;
    private final Listener listener;

    public Demo(ChatClient client, Listener listener) {
        this.client = client;
        this.listener = listener;
    }

    /** @param request in mode {@link Mode#WANSPEC}, with a seed: the three must share one */
    public DemoComparison run(ChatRequest request) throws ChatFailure, InterruptedException {
        if (request.mode() != Mode.WANSPEC || request.seed().isEmpty()) {
            throw new IllegalArgumentException("the demonstration starts from a seeded request in mode wanspec");
        }
        Run shortColocated = warmUp(request);
        listener.warmedUp();
        Run wanspec = send(request);
        // B1's acceptance is its own: WANSpec's drafts may have alternatives, which makes them right more often.
        // B0 comes before B1, because B1's run length is chosen with the target's pass time, measured here at its best.
        Run targetOnly = send(request.as(Speculation.targetOnly()));
        WarmUpPassTimes times = WarmUpPassTimes.from(targetOnly.ledger(), shortColocated.ledger());
        int runLength = BestRunLength.of(shortColocated.ledger(), times.targetMs(), times.draftMs());
        Run colocated = send(request.as(Speculation.colocated(OptionalInt.of(runLength))));
        return new DemoComparison(wanspec, colocated, targetOnly, runLength);
    }

    /**
     * The same prompt, briefly, in each mode: afterwards the code is compiled and every server holds the prompt's prefix, so
     * that no mode pays for being first.
     */
    private Run warmUp(ChatRequest request) throws ChatFailure, InterruptedException {
        ChatRequest brief = request.upTo(WARM_UP_TOKENS);
        warmUpOnce(brief);
        warmUpOnce(brief.as(Speculation.targetOnly()));
        return warmUpOnce(
                request.upTo(WARM_UP_TOKENS_COLOCATED).as(Speculation.colocated(OptionalInt.of(WARM_UP_RUN_LENGTH))));
    }

    private Run warmUpOnce(ChatRequest request) throws ChatFailure, InterruptedException {
        listener.warmingUp(request.mode());
        return client.send(request, _ -> {});
    }

    private Run send(ChatRequest request) throws ChatFailure, InterruptedException {
        listener.began(request.mode());
        Run run = client.send(
                request,
                piece -> listener.text(request.mode(), piece),
                line -> listener.happened(request.mode(), line));
        listener.ended(run);
        return run;
    }
}
