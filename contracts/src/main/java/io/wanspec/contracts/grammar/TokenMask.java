package io.wanspec.contracts.grammar;

/** Which tokens of a vocabulary may follow. */
public final class TokenMask {
    private static final int NONE = -1;

    private final long[] bits;
    private final int count;
    private final int first;

    private TokenMask(long[] bits, int count, int first) {
        this.bits = bits;
        this.count = count;
        this.first = first;
    }

    static TokenMask of(long[] bits) {
        int count = 0;
        int first = NONE;
        for (int word = 0; word < bits.length; word++) {
            count += Long.bitCount(bits[word]);
            if (first == NONE && bits[word] != 0) {
                first = word * Long.SIZE + Long.numberOfTrailingZeros(bits[word]);
            }
        }
        return new TokenMask(bits, count, first);
    }

    static TokenMask only(int token) {
        long[] bits = new long[token / Long.SIZE + 1];
        bits[token / Long.SIZE] |= 1L << token;
        return new TokenMask(bits, 1, token);
    }

    /** Whether text may go on with {@code token}. */
    public boolean allows(int token) {
        int word = token / Long.SIZE;
        return word < bits.length && (bits[word] >>> token & 1) != 0;
    }

    /** How many tokens may follow; one that ends the text is not among them. */
    public int count() {
        return count;
    }

    /** The lowest of them, or -1. */
    public int first() {
        return first;
    }

    int bytes() {
        return bits.length * Long.BYTES;
    }
}
