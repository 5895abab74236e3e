package io.wanspec.functions.access;

import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.emulator.toy.ToyModel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts what reaches a model beside what holds nothing of any caller: the question who it is, and streams on which nothing is said,
 * which make connections in advance.
 */
final class CountedModel implements ToyModel {
    final AtomicLong frames = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    private final ToyModel model;

    CountedModel(ToyModel model) {
        this.model = model;
    }

    @Override
    public Reply invoke(Invocation invocation) {
        if (!(invocation instanceof Invocation.Describe)) {
            frames.incrementAndGet();
        }
        return model.invoke(invocation);
    }

    @Override
    public void generate(Invocation.Generate request, Lines lines) {
        frames.incrementAndGet();
        model.generate(request, lines);
    }

    @Override
    public Duplex open(Consumer<byte[]> answers) {
        Duplex session = model.open(answers);
        return new Duplex() {
            @Override
            public void take(byte[] frame) {
                frames.incrementAndGet();
                bytes.addAndGet(frame.length);
                session.take(frame);
            }

            @Override
            public boolean rests() {
                return session.rests();
            }

            @Override
            public void closed() {
                session.closed();
            }
        };
    }
}
