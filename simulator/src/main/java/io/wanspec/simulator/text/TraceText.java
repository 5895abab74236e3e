package io.wanspec.simulator.text;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.drafting.Outlooks;
import io.wanspec.simulator.trace.TraceRequest;
import java.util.Arrays;

/**
 * A recorded request once more: on the text that the target wrote, what the draft expected there, and the target's token at the
 * rank where it stood. What the tokens were does not matter and was not recorded; they are made of the prefix's digest.
 *
 * <p>Behind any other prefix, such as wrong draft tokens, nothing was recorded. There a position of the whole trace
 * stands in, drawn by the digest: right on average, blind to what a wrong draft token does to the draft tokens behind it.
 */
public final class TraceText implements Text {
    /** Token ids are about as long as those of a real vocabulary. */
    private static final int CHOICE_TOKENS = 1 << 12;

    private static final int CHOICES = TraceRequest.BEYOND + 1;

    private final TraceLanguage language;
    private final int promptSize;
    private final long seed;
    private final int start;

    /** Digests of the true prefixes, as far as anybody asked: behind the prompt and i tokens. */
    private long[] path = new long[64];

    private int pathSize = 1;

    TraceText(TraceLanguage language, Tokens prompt, long seed) {
        this.language = language;
        this.promptSize = prompt.size();
        this.seed = seed;
        start = language.start(seed);
        path[0] = Branch.of(prompt).digest();
    }

    @Override
    public int target(long branch, int position) {
        return token(branch, language.rank(recorded(branch, position)));
    }

    @Override
    public void outlook(long branch, int position, int candidates, Outlooks out) {
        language.outlook(recorded(branch, position), candidates, token(branch, 0), out);
    }

    /** The recorded position that stands behind this prefix. */
    private int recorded(long branch, int position) {
        int written = position - promptSize;
        if (written >= 0 && truePrefix(written) == branch) {
            return onPath(written);
        }
        return (int) Long.remainderUnsigned(mix(mix(branch) ^ seed), language.positions());
    }

    private long truePrefix(int written) {
        while (pathSize <= written) {
            if (pathSize == path.length) {
                path = Arrays.copyOf(path, pathSize * 2);
            }
            long before = path[pathSize - 1];
            path[pathSize] = Branch.then(before, token(before, language.rank(onPath(pathSize - 1))));
            pathSize++;
        }
        return path[written];
    }

    private int onPath(int written) {
        return (int) ((start + (long) written) % language.positions());
    }

    /** Behind each prefix different tokens for all ranks, one for "beyond" included. */
    private static int token(long branch, int rank) {
        return (int) (mix(branch) & (CHOICE_TOKENS - 1)) * CHOICES + rank;
    }

    private static long mix(long z) {
        long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
        return y ^ (y >>> 31);
    }
}
