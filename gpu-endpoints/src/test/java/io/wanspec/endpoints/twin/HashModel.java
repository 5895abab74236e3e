package io.wanspec.endpoints.twin;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.Grammars;
import io.wanspec.contracts.grammar.TokenTrie;
import io.wanspec.contracts.sampling.Candidates;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.contracts.sampling.RuledText;
import io.wanspec.endpoints.model.CopyShares;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.TextCodec;
import io.wanspec.endpoints.model.copy.CopyMixer;
import io.wanspec.endpoints.model.copy.CopyText;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A language model whose logits are a hash of the prefix; a draft's are the target's with noise. */
public final class HashModel implements LanguageModel {
    public static final int VOCABULARY = 40;
    private static final int[] PART =
            IntStream.range(0, VOCABULARY).filter(token -> token % 3 != 1).toArray();
    public static final int END = 0;
    private static final String TOKENIZER = "ab".repeat(32);

    final AtomicInteger openSequences = new AtomicInteger();
    final AtomicInteger passes = new AtomicInteger();
    private final ModelIdentity identity;
    private final double noise;
    private final double endLogit;
    private final CopyShares copies;
    private final Proposals proposals;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private HashModel(ModelIdentity identity, double noise, double endLogit, CopyShares copies) {
        this.identity = identity;
        this.noise = noise;
        this.endLogit = endLogit;
        this.copies = copies;
        proposals = copies.isNone() ? Proposals.all() : Proposals.of(PART);
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

    /** A draft that also copies, and by itself proposes two thirds of the vocabulary. */
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
        return candidates(prefix, options, 1).first();
    }

    /** The model's own candidates behind {@code prefix}, copies taken in. */
    public Candidates candidates(Tokens prefix, SamplingOptions options, int count) {
        int forced = options.rules() == null
                ? RuledText.NONE
                : read(options.rules(), prefix).forced();
        if (forced != RuledText.NONE) {
            // Also where the model by itself never proposes it.
            return new Candidates(Tokens.of(forced), Ints.of(0));
        }
        float[] logits = new float[columns()];
        logits(Branch.of(prefix), logits, 0);
        CopyText text = new CopyText();
        text.append(prefix);
        CopyMixer.Row row =
                ruled(new CopyMixer(copies, proposals).mix(logits, 0, columns(), 0, text.next()), options, prefix);
        return new CoupledSampler()
                .candidates(row.logits(), 0, row.columns(), row.proposals(), options, prefix.size(), count);
    }

    /** By rules that read the whole prefix. */
    private static CopyMixer.Row ruled(CopyMixer.Row row, SamplingOptions options, Tokens prefix) {
        if (options.rules() == null) {
            return row;
        }
        float[] made = Arrays.copyOfRange(row.logits(), row.offset(), row.offset() + row.columns());
        RuledText read = read(options.rules(), prefix);
        read.apply(made, made.length, row.proposals(), new int[] {END});
        return new CopyMixer.Row(made, 0, made.length, row.proposals(), row.entropy());
    }

    private static RuledText read(SamplingRules rules, Tokens prefix) {
        RuledText read = new RuledText(rules, new Grammars(TokenTrie.of(VOCABULARY, new LetterCodec()::text)));
        read.append(prefix);
        return read;
    }

    int columns() {
        return copies.isNone() ? VOCABULARY : PART.length;
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
        for (int i = 0; i < columns(); i++) {
            int token = proposals.token(i);
            double value = 4 * unit(prefix, token, 1) + noise * unit(prefix, token, 2);
            into[offset + i] = (float) (token == END ? value - 4 + endLogit : value);
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
    public Proposals proposals() {
        return proposals;
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
    public long cacheBytes(int tokens) {
        return 1L + tokens;
    }

    @Override
    public void close() {}
}
