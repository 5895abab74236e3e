package io.wanspec.functions.session;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyModel;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.functions.link.FailureReports;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.link.WanMeter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/** Links to toy models in this process: encoded frames, no network. */
final class ToyLinks implements Links, FailureReports {
    /** In which version each link to the target was opened. */
    final List<ProtocolVersion> ofTarget = new CopyOnWriteArrayList<>();

    /** In which version each link to a worker was opened. */
    final List<ProtocolVersion> ofWorkers = new CopyOnWriteArrayList<>();

    private final ToyTarget target;
    private final ToyDraft draft;

    ToyLinks(ToyTarget target, ToyDraft draft) {
        this.target = target;
        this.draft = draft;
    }

    @Override
    public Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener) {
        return new ToyLink<>(
                target, bytes -> listener.received(FrameCodec.decodeTarget(bytes)), FrameCodec::encode, frame -> {
                    if (frame instanceof TargetFrame.Open open) {
                        ofTarget.add(open.protocol());
                    }
                });
    }

    @Override
    public Link<DraftFrame> openDraft(WorkerId worker, LinkListener<DraftFrame> listener, WanMeter meter) {
        return new ToyLink<>(
                draft, bytes -> listener.received(FrameCodec.decodeDraft(bytes)), FrameCodec::encode, frame -> {
                    if (frame instanceof DraftFrame.Open open) {
                        ofWorkers.add(open.protocol());
                    }
                });
    }

    @Override
    public void targetFailed() {}

    @Override
    public void workerFailed(WorkerId worker) {}

    /** The model's side runs on a thread of its own, as behind a network. */
    private static final class ToyLink<F> implements Link<F> {
        private final ExecutorService thread =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
        private final ToyModel.Duplex duplex;
        private final Function<F, byte[]> encode;
        private final Consumer<F> sent;

        ToyLink(ToyModel model, Consumer<byte[]> answers, Function<F, byte[]> encode, Consumer<F> sent) {
            this.duplex = model.open(answers);
            this.encode = encode;
            this.sent = sent;
        }

        @Override
        public void send(F frame) {
            sent.accept(frame);
            byte[] bytes = encode.apply(frame);
            thread.execute(() -> duplex.take(bytes));
        }

        @Override
        public void close() {
            thread.execute(duplex::closed);
            thread.shutdown();
        }
    }
}
