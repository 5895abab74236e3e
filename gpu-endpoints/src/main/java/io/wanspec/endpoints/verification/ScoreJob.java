package io.wanspec.endpoints.verification;

import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.endpoints.compute.CacheNeed;
import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.Guest;
import io.wanspec.endpoints.compute.OverloadedException;
import io.wanspec.endpoints.compute.PassJob;
import io.wanspec.endpoints.compute.PassRequest;
import io.wanspec.endpoints.compute.PassTime;
import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.SequencePass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How likely a prompt's tokens are, each behind those before it: its passes are those that fill a cache, but with logits. What a cache has of the
 * prompt already is computed again, since nothing was kept of it but keys and values. What it leaves behind is there for the session that follows.
 */
public final class ScoreJob implements PassJob {
    /** Rows of a pass have logits here, which costs more than to fill: fewer at a time, so that others need not wait long. */
    private static final int ROWS_MAX = Engine.PREFILL_TOKENS_MAX / 2;

    private final Engine engine;
    private final Compute compute;
    private final Invocation.Score request;
    private final int logprobs;
    private final Consumer<Reply> out;
    private final List<TokenLogprobs> told = new ArrayList<>();
    private Sequences.@Nullable Lease lease;
    private boolean done;
    private volatile boolean cancelled;

    /**
     * @param logprobs of how many likeliest tokens each entry tells as well
     * @param out given the one answer
     */
    public ScoreJob(Engine engine, Compute compute, Invocation.Score request, int logprobs, Consumer<Reply> out) {
        this.engine = engine;
        this.compute = compute;
        this.request = request;
        this.logprobs = logprobs;
        this.out = out;
    }

    /** What the tokens stand for, which needs no pass. */
    public static List<String> texts(Invocation.Score request, Engine engine) {
        return Engine.texts(request.prompt(), engine.model().text());
    }

    /** @return false if the server has too much to do */
    public boolean start() {
        return compute.submit(this);
    }

    private void wake() {
        compute.submitAnyway(this);
    }

    /** The client is gone. */
    public void cancel() {
        cancelled = true;
        compute.submitAnyway(this);
    }

    @Override
    public @Nullable PassRequest next() {
        if (done) {
            return null;
        }
        if (cancelled) {
            finish();
            return null;
        }
        if (told.size() == request.prompt().size() - 1) {
            finish();
            out.accept(new Reply.Scored(texts(request, engine), new Logprobs(told)));
            return null;
        }
        Sequences.Lease with = lease();
        return with == null || !with.reserve(request.prompt().size(), this::wake)
                ? null
                : new PassRequest(engine, part(with));
    }

    private SequencePass part(Sequences.Lease with) {
        if (with.sequence().length() != told.size()) {
            // It is a new one, or holds what has no logits any more.
            with.sequence().truncate(0);
            told.clear();
        }
        Tokens part = request.prompt()
                .slice(
                        told.size(),
                        Math.min(told.size() + ROWS_MAX, request.prompt().size() - 1));
        return new SequencePass.Append(with.sequence(), part, part.size());
    }

    private Sequences.@Nullable Lease lease() {
        if (lease == null) {
            lease = engine.room()
                    .enter(
                            this,
                            this::wake,
                            new Guest(request.caller(), null, false),
                            // Of no use here, and left to whoever goes on with it.
                            request.prompt().slice(0, 1),
                            CacheNeed.whole(request.prompt().size()));
        }
        return lease;
    }

    @Override
    public void computed(Pass pass, PassTime time) {
        if (lease != null) {
            lease.computed();
        }
        for (int row = 0; row < pass.rows(); row++) {
            told.add(engine.logprobs(pass, row, request.prompt().get(told.size() + 1), logprobs));
        }
    }

    @Override
    public boolean isOver() {
        return done;
    }

    @Override
    public void onFailure(Throwable failure) {
        finish();
        out.accept(
                failure instanceof OverloadedException overloaded
                        ? new Reply.Failed(ReplyCode.OVERLOADED, "", overloaded.remedy())
                        : new Reply.Failed(ReplyCode.INTERNAL, "", "the target's pass failed; try again"));
    }

    private void finish() {
        done = true;
        engine.room().leave(this);
        if (lease != null) {
            lease.release(
                    lease.isHeld() ? request.prompt().slice(0, lease.sequence().length()) : Tokens.none());
            lease = null;
        }
    }
}
