package io.wanspec.emulator.toy;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.EndpointRole;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A target that takes a while for each pass. */
public final class ToyTarget implements ToyModel {
    /** Streams that are open. */
    public final AtomicInteger open = new AtomicInteger();

    /** Passes that sessions asked for. */
    public final AtomicInteger passes = new AtomicInteger();

    /** What a pass takes; may be changed at any time. */
    public volatile int passMillis;

    /** So many sessions are let in at once, more are refused as too much. */
    public final Semaphore places = new Semaphore(Integer.MAX_VALUE);

    /** Which versions of the protocol it speaks. */
    public final ToyProtocol protocol;

    private final ModelIdentity model;

    public ToyTarget(ModelIdentity model, int passMillis) {
        this(model, passMillis, ProtocolVersion.CURRENT);
    }

    public ToyTarget(ModelIdentity model, int passMillis, ProtocolVersion newest) {
        this.protocol = new ToyProtocol(newest);
        this.model = model;
        this.passMillis = passMillis;
    }

    @Override
    public Reply invoke(Invocation invocation) {
        return switch (invocation) {
            case Invocation.Describe describe ->
                new Reply.Description(protocol.described(describe.protocol()), model, EndpointRole.TARGET);
            case Invocation.Tokenize tokenize -> new Reply.Tokenized(ToyLanguage.tokenize(tokenize));
            case Invocation.Score score -> ToyLanguage.score(score);
            case Invocation.Generate generate -> new Reply.Failed(ReplyCode.BAD_REQUEST, "", "generate is a stream");
            case Invocation.Exchange exchange -> throw new IllegalStateException("links are the container's");
            case Invocation.Follow follow -> throw new IllegalStateException("links are the container's");
        };
    }

    @Override
    public void generate(Invocation.Generate request, Lines lines) {
        Tokens prefix = request.prompt();
        for (int i = 0; i < request.maxTokens(); i++) {
            Pauses.millis(passMillis);
            int token = ToyLanguage.next(prefix, request.sampling());
            boolean ended = ToyLanguage.ends(token, request.sampling());
            Reply line = new Reply.Generated(
                    Tokens.of(token),
                    List.of(ToyLanguage.piece(token, request.sampling())),
                    ended,
                    1,
                    null,
                    i == 0 ? model : null,
                    told(request.logprobs(), prefix, token, request.sampling()),
                    i == 0 ? ToyLanguage.cached(prefix) : null);
            if (!lines.take(line) || ended) {
                return;
            }
            prefix = prefix.plus(token);
        }
    }

    @Override
    public Duplex open(Consumer<byte[]> answers) {
        open.incrementAndGet();
        return new Session(answers);
    }

    private static @Nullable Logprobs told(
            @Nullable Integer count, Tokens prefix, int token, SamplingOptions sampling) {
        return count == null ? null : new Logprobs(List.of(ToyLanguage.logprobs(prefix, token, count, sampling)));
    }

    private final class Session implements Duplex {
        private final Consumer<byte[]> answers;
        private boolean letIn;
        private boolean closed;
        private Tokens prefix = Tokens.none();
        private SamplingOptions sampling = SamplingOptions.greedy();
        private @Nullable Integer logprobs;

        Session(Consumer<byte[]> answers) {
            this.answers = answers;
        }

        @Override
        public void take(byte[] frame) {
            switch (FrameCodec.decodeTarget(frame)) {
                case TargetFrame.Open opened
                when !isLetIn() ->
                    answers.accept(FrameCodec.encode(
                            new TargetFrame.Refused(RefusalCode.OVERLOADED, "no place for another session")));
                case TargetFrame.Open opened -> {
                    prefix = opened.prefix();
                    sampling = opened.sampling();
                    logprobs = opened.logprobs();
                    answers.accept(FrameCodec.encode(
                            protocol.takes(opened.protocol(), opened.caller(), frame)
                                    ? new TargetFrame.Ready(
                                            opened.protocol(), model, ToyLanguage.cached(opened.prefix()))
                                    : new TargetFrame.Refused(RefusalCode.PROTOCOL_MISMATCH, "not mine")));
                }
                case TargetFrame.Verify verify
                when prefix.size() != verify.position() || !Branch.of(prefix).equals(verify.branch()) ->
                    answers.accept(FrameCodec.encode(
                            new TargetFrame.PrefixUnknown(verify.round(), verify.position(), verify.branch())));
                case TargetFrame.Verify verify -> answer(verify);
                default -> throw new IllegalStateException("no frame for a target");
            }
        }

        private void answer(TargetFrame.Verify asked) {
            TargetFrame.Verified answer = verified(asked);
            answers.accept(FrameCodec.encode(answer));
            for (TargetFrame.Verify rest = asked; answer.goesOn() && !isClosed(); ) {
                rest = rest.behind(answer);
                answer = verified(rest);
                answers.accept(FrameCodec.encode(answer));
            }
        }

        private synchronized boolean isClosed() {
            return closed;
        }

        private synchronized boolean isLetIn() {
            letIn = letIn || (!closed && places.tryAcquire());
            return letIn;
        }

        @Override
        public synchronized void closed() {
            open.decrementAndGet();
            closed = true;
            if (letIn) {
                places.release();
            }
        }

        private TargetFrame.Verified verified(TargetFrame.Verify verify) {
            passes.incrementAndGet();
            Pauses.millis(passMillis);
            List<Integer> chosen = new ArrayList<>();
            List<String> pieces = new ArrayList<>();
            Logprobs told = Logprobs.none();
            int accepted = 0;
            int node = TokenTree.PREFIX;
            while (true) {
                int token = ToyLanguage.next(prefix, sampling);
                Logprobs one = told(logprobs, prefix, token, sampling);
                told = one == null ? told : told.plus(one);
                node = verify.drafts().childOf(node, token);
                boolean right = node >= 0;
                chosen.add(token);
                pieces.add(ToyLanguage.piece(token, sampling));
                prefix = prefix.plus(token);
                accepted += right ? 1 : 0;
                if (ToyLanguage.ends(token, sampling) || !right) {
                    break;
                }
            }
            Tokens tokens =
                    Tokens.of(chosen.stream().mapToInt(Integer::intValue).toArray());
            boolean ended = ToyLanguage.ends(tokens.last(), sampling);
            return new TargetFrame.Verified(
                    verify.round(),
                    verify.position(),
                    verify.branch(),
                    accepted,
                    tokens,
                    pieces,
                    ended,
                    1,
                    null,
                    told.isNone() ? null : told,
                    verify.onward() > 0 && !ended);
        }
    }
}
