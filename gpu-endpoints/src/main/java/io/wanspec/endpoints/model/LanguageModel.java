package io.wanspec.endpoints.model;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.sampling.Proposals;
import java.util.List;

/**
 * A loaded model. Everything but passes may be called from any thread; passes (of all its sequences) run one at a time, on
 * one thread.
 */
public interface LanguageModel extends AutoCloseable {
    ModelIdentity identity();

    /** The model's own tokenizer and chat template. */
    TextCodec text();

    /** The tokens that the logits of a pass are about. */
    default Proposals proposals() {
        return Proposals.all();
    }

    /** How much of a draft's probability goes to what the text itself suggests. */
    default CopyShares copies() {
        return CopyShares.NONE;
    }

    /** Whether {@code token} ends a sequence (end of text, end of the assistant's turn). */
    boolean endsSequence(int token);

    /** A new, empty sequence with a cache of its own, which grows with it. */
    Sequence open();

    /** Bytes of the cache of a sequence that has held so many tokens at most, nodes of trees included. */
    long cacheBytes(int tokens);

    /**
     * One pass over several sequences, each of which gets what it would get alone: the same bits, unless it is a draft's
     * ({@link Branches}). What is wrong with one of them does not touch the others.
     *
     * @param parts of different sequences, all opened here
     * @return of each part its result; all logits are valid until the next pass
     */
    default List<PassResult> run(List<SequencePass> parts) {
        return parts.stream().map(PassResult::of).toList();
    }

    @Override
    void close();
}
