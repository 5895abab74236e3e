package io.wanspec.emulator.toy;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.invoke.EndpointRole;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A draft that drafts one token a pass, as far ahead as it may, and names an alternative where it is asked for some. What it
 * is asked to expand it expands at once.
 */
public final class ToyDraft implements ToyModel {
    /** Streams that are open. */
    public final AtomicInteger open = new AtomicInteger();

    /** Passes that controllers asked for one by one. */
    public final AtomicInteger expansions = new AtomicInteger();

    /** Which versions of the protocol it speaks. */
    public final ToyProtocol protocol;

    private final ModelIdentity model;
    private final int passMillis;

    public ToyDraft(ModelIdentity model, int passMillis) {
        this(model, passMillis, ProtocolVersion.CURRENT);
    }

    public ToyDraft(ModelIdentity model, int passMillis, ProtocolVersion newest) {
        this.protocol = new ToyProtocol(newest);
        this.model = model;
        this.passMillis = passMillis;
    }

    @Override
    public Reply invoke(Invocation invocation) {
        ProtocolVersion asked =
                invocation instanceof Invocation.Describe describe ? describe.protocol() : ProtocolVersion.UNSAID;
        return new Reply.Description(protocol.described(asked), model, EndpointRole.DRAFT);
    }

    @Override
    public void generate(Invocation.Generate request, Lines lines) {
        throw new IllegalStateException("a draft does not generate");
    }

    @Override
    public Duplex open(Consumer<byte[]> answers) {
        open.incrementAndGet();
        return new Session(answers);
    }

    private final class Session implements Duplex {
        private final Consumer<byte[]> answers;
        private Tokens path = Tokens.none();
        private int committed;
        private int upTo;
        private int candidates;
        private @Nullable SamplingOptions sampling;
        private boolean closed;

        Session(Consumer<byte[]> answers) {
            this.answers = answers;
            Thread.ofVirtual().start(this::work);
        }

        @Override
        public synchronized void take(byte[] frame) {
            switch (FrameCodec.decodeDraft(frame)) {
                case DraftFrame.Open opened
                when !protocol.takes(opened.protocol(), opened.caller(), frame) ->
                    answers.accept(
                            FrameCodec.encode(new DraftFrame.Refused(RefusalCode.PROTOCOL_MISMATCH, "not mine")));
                case DraftFrame.Open opened -> {
                    path = opened.prefix();
                    committed = path.size();
                    follow(opened.plan());
                    sampling = opened.sampling();
                    answers.accept(FrameCodec.encode(new DraftFrame.Ready(opened.protocol(), model)));
                }
                case DraftFrame.Advance advance -> advance(advance);
                case DraftFrame.Expand expand -> expand(expand);
                default -> throw new IllegalStateException("no frame for a worker");
            }
            notifyAll();
        }

        private void expand(DraftFrame.Expand expand) {
            Tokens committed = path.slice(0, Math.min(path.size(), expand.position()));
            if (sampling == null || !Branch.of(committed).equals(expand.branch())) {
                return;
            }
            expansions.incrementAndGet();
            List<Tokens> prefixes = new ArrayList<>();
            for (int i = 0; i < expand.wanted().size(); i++) {
                prefixes.add(behind(committed, expand.drafts(), expand.wanted().get(i)));
            }
            answer(prefixes, sampling);
        }

        private static Tokens behind(Tokens committed, TokenTree drafts, int node) {
            return node == TokenTree.PREFIX
                    ? committed
                    : behind(committed, drafts, drafts.parents().get(node))
                            .plus(drafts.tokens().get(node));
        }

        private void advance(DraftFrame.Advance advance) {
            Tokens known = advance.committed();
            int agreed = path.from(Math.min(advance.position(), path.size())).commonPrefix(known);
            if (agreed < known.size()) {
                path = path.slice(0, advance.position()).plus(known);
            }
            committed = Math.max(committed, advance.position() + known.size());
            follow(advance.plan());
        }

        private void follow(DraftPlan plan) {
            upTo = plan.draftUpTo();
            candidates = plan.candidates();
        }

        @Override
        public synchronized boolean rests() {
            return closed || sampling == null || path.size() >= upTo;
        }

        @Override
        public synchronized void closed() {
            closed = true;
            open.decrementAndGet();
            notifyAll();
        }

        private void work() {
            try {
                while (step()) {
                    Thread.sleep(passMillis);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized boolean step() throws InterruptedException {
            while (!closed && (sampling == null || path.size() >= upTo)) {
                wait();
            }
            if (closed || sampling == null) {
                return false;
            }
            answer(List.of(path), sampling);
            path = path.plus(ToyLanguage.drafted(path, sampling));
            return true;
        }

        /** What follows each prefix, as one pass. */
        private void answer(List<Tokens> prefixes, SamplingOptions options) {
            int count = Math.min(2, candidates);
            Tokens named = Tokens.none();
            for (Tokens prefix : prefixes) {
                named = named.plus(ToyLanguage.drafted(prefix, options));
                named = count > 1 ? named.plus(ToyLanguage.alternative(prefix, options)) : named;
            }
            answers.accept(FrameCodec.encode(new DraftFrame.Drafted(
                    column(prefixes, prefix -> prefix.size()),
                    prefixes.stream().map(Branch::of).toList(),
                    column(prefixes, prefix -> 500),
                    column(prefixes, prefix -> count),
                    named,
                    Ints.of(IntStream.range(0, named.size())
                            .map(i -> i % count == 0 ? 250 : 2_000)
                            .toArray()),
                    committed,
                    1,
                    passMillis * 1_000L)));
        }

        private static Ints column(List<Tokens> prefixes, ToIntFunction<Tokens> value) {
            return Ints.of(prefixes.stream().mapToInt(value).toArray());
        }
    }
}
