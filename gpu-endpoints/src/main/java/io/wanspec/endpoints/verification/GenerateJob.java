package io.wanspec.endpoints.verification;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.endpoints.compute.CacheNeed;
import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.Guest;
import io.wanspec.endpoints.compute.Outbound;
import io.wanspec.endpoints.compute.OverloadedException;
import io.wanspec.endpoints.compute.PassJob;
import io.wanspec.endpoints.compute.PassRequest;
import io.wanspec.endpoints.compute.PassTime;
import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.model.Pass;
import org.jspecify.annotations.Nullable;

/** Target-only decoding by a plain loop: one token, one line, one pass. */
public final class GenerateJob implements PassJob {
    private final Engine engine;
    private final Compute compute;
    private final Invocation.Generate request;
    private final Outbound<Reply> out;
    private @Nullable TargetDecoder decoder;
    private int generated;
    private boolean done;
    private volatile boolean cancelled;

    public GenerateJob(Engine engine, Compute compute, Invocation.Generate request, Outbound<Reply> out) {
        this.engine = engine;
        this.compute = compute;
        this.request = request;
        this.out = out;
    }

    /** @return false if the server has too much to do */
    public boolean start() {
        return compute.submit(this);
    }

    /** The client takes lines again. */
    public void wake() {
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
        if (decoder == null && !engine.canWrite(request.sampling())) {
            finish();
            out.send(new Reply.Failed(ReplyCode.BAD_REQUEST, "sampling.rules.grammar", Engine.UNWRITABLE));
            out.close();
            return null;
        }
        TargetDecoder with = decoder();
        if (with == null) {
            return null;
        }
        if (with.isFilled() && !out.isWritable()) {
            return null;
        }
        if (!with.reserve(0, this::wake)) {
            return null;
        }
        return new PassRequest(engine, with.isFilled() ? with.verification(TokenTree.none()) : with.fill());
    }

    /** @return null while there is no room for its cache */
    private @Nullable TargetDecoder decoder() {
        if (decoder == null) {
            var guest = new Guest(request.caller(), request.session(), false);
            Sequences.Lease lease = engine.room().enter(this, this::wake, guest, request.prompt(), need());
            if (lease != null) {
                decoder = new TargetDecoder(
                        engine,
                        request.sampling(),
                        request.prompt(),
                        request.prompt().size(),
                        lease,
                        request.logprobs());
            }
        }
        return decoder;
    }

    private CacheNeed need() {
        int room = engine.identity().contextTokens() - request.prompt().size();
        return CacheNeed.whole(request.prompt().size() + Math.min(request.maxTokens(), room));
    }

    @Override
    public void computed(Pass pass, PassTime time) {
        TargetDecoder with = decoder;
        if (with != null && with.computed()) {
            generate(with.commit(pass), time, with.cachedTokens());
        }
    }

    private void generate(TargetDecoder.Round round, PassTime time, int cachedTokens) {
        boolean first = generated++ == 0;
        // Whoever goes on with the text elsewhere has to know.
        ModelIdentity model = first ? engine.identity() : null;
        VerificationResult result = round.result();
        out.send(new Reply.Generated(
                result.tokens(),
                round.pieces(),
                result.ended(),
                time.micros(),
                time.load(),
                model,
                round.logprobs(),
                first ? cachedTokens : null));
        if (result.ended() || generated == request.maxTokens()) {
            finish();
            out.close();
        }
    }

    @Override
    public boolean isOver() {
        return done;
    }

    @Override
    public void onFailure(Throwable failure) {
        finish();
        out.send(
                failure instanceof OverloadedException overloaded
                        ? new Reply.Failed(ReplyCode.OVERLOADED, "", overloaded.remedy())
                        : new Reply.Failed(ReplyCode.INTERNAL, "", "the target's pass failed; try again"));
        out.close();
    }

    private void finish() {
        done = true;
        engine.room().leave(this);
        if (decoder != null) {
            decoder.release();
            decoder = null;
        }
    }
}
