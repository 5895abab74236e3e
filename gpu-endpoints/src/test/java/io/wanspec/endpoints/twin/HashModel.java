package io.wanspec.endpoints.twin;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.TextCodec;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A language model whose logits are a hash of the prefix; a draft's are the target's with noise. */
public final class HashModel implements LanguageModel {
    public static final int VOCABULARY = 40;
    public static final int END = 0;
    private static final String TOKENIZER = "ab".repeat(32);

    final AtomicInteger openSequences = new AtomicInteger();
    final AtomicInteger passes = new AtomicInteger();
    private final ModelIdentity identity;
    private final double noise;
    private final double endLogit;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private HashModel(ModelIdentity identity, double noise, double endLogit) {
        this.identity = identity;
        this.noise = noise;
        this.endLogit = endLogit;
    }

    public static HashModel target(int context) {
        return new HashModel(identity("twin-target", TOKENIZER, context), 0, 3);
    }

    /** A target that never ends. */
    public static HashModel endless(int context) {
        return new HashModel(identity("twin-target", TOKENIZER, context), 0, -50);
    }

    public static HashModel draft(int context) {
        return new HashModel(identity("twin-draft", TOKENIZER, context), 1.5, -50);
    }

    public static ModelIdentity identity(String name, String tokenizer, int context) {
        return new ModelIdentity(name, tokenizer, "cd".repeat(32), VOCABULARY, context);
    }

    /** Passes wait from now on until the result is counted down. */
    public CountDownLatch hold() {
        CountDownLatch closed = new CountDownLatch(1);
        gate = closed;
        return closed;
    }

    public int openSequences() {
        return openSequences.get();
    }

    public int passes() {
        return passes.get();
    }

    /** The model's own choice behind {@code prefix}. */
    public int choose(Tokens prefix, SamplingOptions options) {
        float[] logits = new float[VOCABULARY];
        logits(Branch.of(prefix), logits, 0);
        return new CoupledSampler().sample(logits, 0, VOCABULARY, options, prefix.size());
    }

    /** One token at a time, from scratch each time. */
    public Tokens decode(Tokens prompt, SamplingOptions options, int maxTokens) {
        Tokens all = prompt;
        while (all.size() < prompt.size() + maxTokens) {
            int token = choose(all, options);
            all = all.plus(token);
            if (endsSequence(token)) {
                break;
            }
        }
        return all.from(prompt.size());
    }

    void logits(Branch prefix, float[] into, int offset) {
        for (int i = 0; i < VOCABULARY; i++) {
            double value = 4 * unit(prefix, i, 1) + noise * unit(prefix, i, 2);
            into[offset + i] = (float) (i == END ? value - 4 + endLogit : value);
        }
    }

    void awaitGate() {
        passes.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double unit(Branch prefix, int token, int salt) {
        return (prefix.then(token).then(salt).digest() >>> 11) * 0x1.0p-53;
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public TextCodec text() {
        return new LetterCodec();
    }

    @Override
    public boolean endsSequence(int token) {
        return token == END;
    }

    @Override
    public Sequence open() {
        openSequences.incrementAndGet();
        return new HashSequence(this);
    }

    @Override
    public void close() {}
}
