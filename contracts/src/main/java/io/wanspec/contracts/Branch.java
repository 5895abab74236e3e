package io.wanspec.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/**
 * Names a prefix by its content: a 64-bit digest of every token before a position, the prompt included.
 *
 * <p>A frame says "at position p, after branch b". Whoever knows a node of that name can attach the frame to it; whoever
 * does not, drops it. Hence late, duplicate and reordered frames are harmless, and trees need no node numbers that both
 * sides would have to keep in step. A collision can only waste a verification, as any wrong draft does.
 *
 * @param digest of the prefix; not a secret and not a proof
 */
public record Branch(long digest) {
    /** The empty prefix. */
    public static final Branch ROOT = new Branch(0x57414E5370656331L);

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** The branch of {@code prefix}. */
    public static Branch of(Tokens prefix) {
        return ROOT.then(prefix);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Branch parse(String hex) {
        if (hex.length() != 16) {
            throw new IllegalArgumentException("a branch is 16 hexadecimal digits");
        }
        return new Branch(HexFormat.fromHexDigitsToLong(hex));
    }

    public Branch then(int token) {
        return new Branch(then(digest, token));
    }

    /** {@link #then(int)} on bare digests, for trees of many nodes. */
    public static long then(long digest, int token) {
        long mixed = (digest ^ (token + 1L)) * MULTIPLIER;
        mixed = (mixed ^ (mixed >>> 32)) * MULTIPLIER;
        return mixed ^ (mixed >>> 29);
    }

    public Branch then(Tokens tokens) {
        Branch branch = this;
        for (int i = 0; i < tokens.size(); i++) {
            branch = branch.then(tokens.get(i));
        }
        return branch;
    }

    @JsonValue
    public String hex() {
        return HexFormat.of().toHexDigits(digest);
    }

    @Override
    public String toString() {
        return hex();
    }
}
