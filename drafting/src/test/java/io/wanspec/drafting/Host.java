package io.wanspec.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a worker's passes over a {@link DraftText}, with a {@link CacheTwin} that checks each. */
final class Host {
    static final int CONTEXT_TOKENS = 100;
    static final int FILL_TOKENS_MAX = 4;
    private static final ModelIdentity MODEL = new ModelIdentity("m", "0".repeat(64), "1".repeat(64), 64, 100);

    final DraftWorker worker;
    final CacheTwin cache;
    final List<DraftFrame.Drafted> sent = new ArrayList<>();
    private final DraftText text;
    private final Outlooks outlooks = new Outlooks();
    private int passes;

    Host(DraftText text, Tokens prefix, DraftPlan plan, int cached) {
        this.text = text;
        worker = new DraftWorker(
                open(prefix, plan), CONTEXT_TOKENS, FILL_TOKENS_MAX, token -> token == DraftText.END, text::forced);
        worker.cacheHolds(cached);
        cache = new CacheTwin(worker.cachedTokens());
    }

    private static DraftFrame.Open open(Tokens prefix, DraftPlan plan) {
        return new DraftFrame.Open(
                ProtocolVersion.CURRENT, new SessionId("s"), MODEL, SamplingOptions.greedy(), prefix, plan);
    }

    /** Begins the next step; a fill is over at once. @return what has begun */
    DraftStep begin() {
        DraftStep step = worker.next();
        switch (step) {
            case DraftStep.Rest rest -> {}
            case DraftStep.Fill fill -> {
                cache.fill(fill);
                worker.filled(fill, 1);
            }
            case DraftStep.Grow grow -> cache.grow(grow);
        }
        return step;
    }

    DraftFrame.@Nullable Drafted finish(DraftStep.Grow grow) {
        text.answer(grow.nodes(), worker.candidates(), outlooks);
        DraftFrame.Drafted frame = worker.grown(grow, outlooks, 1_000_000);
        passes++;
        if (frame != null) {
            assertThat(frame.passes()).as("passes since the last frame").isEqualTo(passes);
            assertThat(frame.passMicros()).isEqualTo(1_000L * passes);
            passes = 0;
            sent.add(frame);
        }
        return frame;
    }

    /** One whole step. @return false if the worker rests */
    boolean step() {
        DraftStep step = begin();
        if (step instanceof DraftStep.Grow grow) {
            finish(grow);
        }
        return !(step instanceof DraftStep.Rest);
    }

    void runUntilRest() {
        int steps = 0;
        while (step()) {
            assertThat(++steps).as("a worker rests at last").isLessThan(10_000);
        }
    }
}
