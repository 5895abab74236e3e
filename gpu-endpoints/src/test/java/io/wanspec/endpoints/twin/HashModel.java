package io.wanspec.endpoints.twin;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.TextCodec;
import io.wanspec.endpoints.model.copy.CopyMixer;
import io.wanspec.endpoints.model.copy.CopyShares;
import io.wanspec.endpoints.model.copy.CopyText;
import java.util.List;
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
    private final CopyShares copies;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private HashModel(ModelIdentity identity, double noise, double endLogit, CopyShares copies) {
        this.identity = identity;
        this.noise = noise;
        this.endLogit = endLogit;
        this.copies = copies;
    }

    public static HashModel target(int context) {
        return new HashModel(identity("twin-target", TOKENIZER, context), 0, 3, CopyShares.NONE);
    }

    /** A target that never ends. */
    public static HashModel endless(int context) {
        return new HashModel(identity("twin-target", TOKENIZER, context), 0, -50, CopyShares.NONE);
    }

    public static HashModel draft(int context) {
        return new HashModel(identity("twin-draft", TOKENIZER, context), 1.5, -50, CopyShares.NONE);
    }

    /** A draft that also copies. */
    public static HashModel copying(int context) {
        CopyShares shares = new CopyShares(0.8, List.of(0.2, 0.6, 0.9));
        return new HashModel(identity("twin-draft", TOKENIZER, context), 1.5, -50, shares);
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

    /** The model's own choice behind {@code prefix}, copies taken in. */
    public int choose(Tokens prefix, SamplingOptions options) {
        float[] logits = new float[VOCABULARY];
        logits(Branch.of(prefix), logits, 0);
        CopyText text = new CopyText();
        text.append(prefix);
        CopyMixer.Row row = new CopyMixer(copies, proposals()).mix(logits, 0, VOCABULARY, 0, text.next());
        return new CoupledSampler().sample(row.logits(), 0, VOCABULARY, options, prefix.size());
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
    public CopyShares copies() {
        return copies;
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
