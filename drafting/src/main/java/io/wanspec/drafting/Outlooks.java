package io.wanspec.drafting;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import java.util.Arrays;

/** What a pass yields: for each of its nodes in order an outlook, in growing flat arrays that are used again. */
public final class Outlooks {
    private int[] entropies = new int[16];
    private int[] starts = new int[17];
    private int[] tokens = new int[64];
    private int[] surprisals = new int[64];
    private int size;

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    /** Begins the outlook behind the next node. */
    public void begin(int entropyMilliNats) {
        if (size + 1 == starts.length) {
            entropies = Arrays.copyOf(entropies, size * 2);
            starts = Arrays.copyOf(starts, size * 2 + 1);
        }
        entropies[size] = entropyMilliNats;
        starts[size + 1] = starts[size];
        size++;
    }

    /** Adds the next candidate of the outlook that was begun last. */
    public void candidate(int token, int surprisalMilliNats) {
        int at = starts[size]++;
        if (at == tokens.length) {
            tokens = Arrays.copyOf(tokens, at * 2);
            surprisals = Arrays.copyOf(surprisals, at * 2);
        }
        tokens[at] = token;
        surprisals[at] = surprisalMilliNats;
    }

    public void add(Outlook outlook) {
        begin(outlook.entropyMilliNats());
        Tokens candidates = outlook.candidates();
        Ints nats = outlook.surprisalsMilliNats();
        for (int i = 0; i < candidates.size(); i++) {
            candidate(candidates.get(i), nats.get(i));
        }
    }

    public int entropy(int node) {
        return entropies[node];
    }

    public int count(int node) {
        return starts[node + 1] - starts[node];
    }

    public int token(int node, int rank) {
        return tokens[starts[node] + rank];
    }

    public int surprisal(int node, int rank) {
        return surprisals[starts[node] + rank];
    }
}
