package io.wanspec.functions.standin;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A draft that guesses one token a pass, as far ahead as it may. */
public final class ToyDraft implements ModelServer {
    public final AtomicInteger open = new AtomicInteger();
    private final ModelIdentity model;
    private final int passMillis;

    public ToyDraft(ModelIdentity model, int passMillis) {
        this.model = model;
        this.passMillis = passMillis;
    }

    @Override
    public Reply invoke(Invocation invocation) {
        return new Reply.Description(ProtocolVersion.CURRENT, model, "draft");
    }

    @Override
    public void generate(Invocation.Generate request, Consumer<Reply> lines) {
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
        private int upTo;
        private @Nullable SamplingOptions sampling;
        private boolean closed;

        Session(Consumer<byte[]> answers) {
            this.answers = answers;
            Thread.ofVirtual().start(this::work);
        }

        @Override
        public synchronized void take(byte[] frame) {
            switch (FrameCodec.decodeDraft(frame)) {
                case DraftFrame.Open opened -> {
                    path = opened.prefix();
                    upTo = opened.draftUpTo();
                    sampling = opened.sampling();
                    answers.accept(FrameCodec.encode(new DraftFrame.Ready(ProtocolVersion.CURRENT, model)));
                }
                case DraftFrame.Advance advance -> advance(advance);
                default -> throw new IllegalStateException("no frame for a worker");
            }
            notifyAll();
        }

        private void advance(DraftFrame.Advance advance) {
            Tokens known = advance.committed().plus(advance.path());
            int agreed = path.from(Math.min(advance.position(), path.size())).commonPrefix(known);
            if (agreed < known.size()) {
                path = path.slice(0, advance.position()).plus(known);
            }
            upTo = advance.draftUpTo();
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
            int guess = ToyLanguage.guess(path, sampling);
            answers.accept(FrameCodec.encode(new DraftFrame.Drafted(
                    path.size(), Branch.of(path), Tokens.of(guess), List.of(500), 1, passMillis * 1_000L)));
            path = path.plus(guess);
            return true;
        }
    }
}
