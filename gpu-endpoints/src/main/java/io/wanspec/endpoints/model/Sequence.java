package io.wanspec.endpoints.model;

import io.wanspec.contracts.Tokens;

/**
 * One token sequence and its key-value cache.
 *
 * <p>The logits of a position are the same bits however the sequence was cut into passes, rolled back or refilled before:
 * the exactness of the whole product rests on it.
 */
public interface Sequence extends AutoCloseable {
    /** Tokens whose keys and values are cached. */
    int length();

    /**
     * Runs one forward pass over {@code tokens}, which take the positions from {@link #length()} on.
     *
     * @param logitRows how many of the last tokens need logits; 0 only fills the cache
     * @throws IllegalArgumentException if the context would overflow
     */
    Pass append(Tokens tokens, int logitRows);

    /** Forgets every token from {@code length} on. */
    void truncate(int length);

    /** Bytes of cache that this sequence holds. */
    long cacheBytes();

    @Override
    void close();
}
