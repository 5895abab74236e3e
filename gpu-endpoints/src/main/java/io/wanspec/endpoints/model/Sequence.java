package io.wanspec.endpoints.model;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;

/**
 * One token sequence and its key-value cache.
 *
 * <p>The logits of a position are the same bits however the sequence was cut into passes and trees, rolled back or refilled
 * before: the exactness of the whole product rests on it. {@link Branches} alone are exempt.
 */
public interface Sequence extends AutoCloseable {
    /** Most nodes of a tree pass. */
    int TREE_NODES_MAX = 128;

    /** Tokens whose keys and values are cached. */
    int length();

    /**
     * Runs one forward pass over {@code tokens}, which take the positions from {@link #length()} on.
     *
     * @param logitRows how many of the last tokens need logits; 0 only fills the cache
     * @throws IllegalArgumentException if the context would overflow
     */
    Pass append(Tokens tokens, int logitRows);

    /**
     * Runs one forward pass over a tree of tokens behind {@link #length()}, which does not change until {@link #keep}. The
     * logits of a node are the bits that {@link #append} gives for its path.
     *
     * @param tokens at least one, at most {@link #TREE_NODES_MAX}; several may stand at one position
     * @param parents of each node an earlier one, or -1 for the sequence so far
     * @return logits of every node
     * @throws IllegalArgumentException if that is no tree, or the context would overflow
     */
    Pass appendTree(Tokens tokens, int[] parents);

    /**
     * Adds nodes of the last tree pass to the sequence, without computing them again. The others are forgotten: a tree is kept
     * once, and only until the next change of the sequence.
     *
     * @param path from a node behind the sequence down, each the parent of the next; may be empty
     * @throws IllegalArgumentException if it is no such path
     * @throws IllegalStateException if there is no tree
     */
    void keep(int[] path);

    /**
     * A tree behind this sequence that lives on from pass to pass, empty at first; {@link Branches#commit} makes the sequence
     * longer. It ends with the next call of any other method that changes the sequence, this one included.
     *
     * @param prefix names the tokens of the sequence
     */
    Branches branches(Branch prefix);

    /**
     * Takes what another sequence of the same model has computed, so that this one holds its first tokens as well: the same bits
     * as if it had computed them itself.
     *
     * @param other whose tokens begin with this sequence's
     * @param length that this sequence has then: at least what it has now, at most what the other has
     */
    void copyFrom(Sequence other, int length);

    /** Forgets every token from {@code length} on. */
    void truncate(int length);

    /** Bytes of cache that this sequence holds. */
    long cacheBytes();

    @Override
    void close();
}
