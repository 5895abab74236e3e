package io.wanspec.contracts.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The bytes of all tokens of a vocabulary, those that begin alike together: nodes in the order in which they are walked, each with where its part of the trie
 * ends. Tokens without bytes are no text and stand nowhere.
 */
public final class TokenTrie {
    private final byte[][] bytes;
    private final BitSet single = new BitSet();
    private byte[] labels = new byte[1024];
    private int[] ends = new int[1024];
    private short[] depths = new short[1024];

    /** Of each node where its tokens begin in {@link #sorted}; they end where those of the next begin. */
    private int[] firstTokens = new int[1025];

    private final int[] sorted;
    private int nodes;
    private int longest;

    private TokenTrie(byte[][] bytes) {
        this.bytes = bytes;
        List<Integer> order = new ArrayList<>();
        for (int token = 0; token < bytes.length; token++) {
            if (bytes[token].length > 0) {
                order.add(token);
            }
        }
        // Stable: of tokens with the same bytes the lowest comes first.
        order.sort((a, b) -> Arrays.compareUnsigned(bytes[a], bytes[b]));
        sorted = order.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * @param vocabulary how many tokens there are
     * @param bytes of each token what it adds to a text; none for one that is no text
     */
    public static TokenTrie of(int vocabulary, IntFunction<byte[]> bytes) {
        byte[][] all = new byte[vocabulary][];
        for (int token = 0; token < vocabulary; token++) {
            byte[] own = bytes.apply(token);
            all[token] = own.length > Short.MAX_VALUE ? new byte[0] : own.clone();
        }
        TokenTrie trie = new TokenTrie(all);
        trie.build();
        return trie;
    }

    private void build() {
        int[] path = new int[Short.MAX_VALUE + 1];
        byte[] before = new byte[0];
        for (int at = 0; at < sorted.length; at++) {
            byte[] own = bytes[sorted[at]];
            int common = Arrays.mismatch(before, own);
            int shared = common < 0 ? own.length : common;
            close(path, shared, before.length);
            for (int depth = shared; depth < own.length; depth++) {
                path[depth] = node(own[depth], depth, at);
            }
            if (own.length == 1) {
                single.set(own[0] & 0xFF);
            }
            longest = Math.max(longest, own.length);
            before = own;
        }
        close(path, 0, before.length);
        firstTokens[nodes] = sorted.length;
    }

    private void close(int[] path, int from, int to) {
        for (int depth = from; depth < to; depth++) {
            ends[path[depth]] = nodes;
        }
    }

    private int node(byte label, int depth, int firstToken) {
        if (nodes + 1 == labels.length) {
            int size = labels.length * 2;
            labels = Arrays.copyOf(labels, size);
            ends = Arrays.copyOf(ends, size);
            depths = Arrays.copyOf(depths, size);
            firstTokens = Arrays.copyOf(firstTokens, size + 1);
        }
        labels[nodes] = label;
        depths[nodes] = (short) depth;
        firstTokens[nodes] = firstToken;
        return nodes++;
    }

    /** How many tokens the vocabulary has. */
    public int vocabulary() {
        return bytes.length;
    }

    byte[] bytes(int token) {
        return token < bytes.length ? bytes[token] : new byte[0];
    }

    /** Whether a token writes this byte alone: any text of such bytes can be written. */
    boolean writes(int value) {
        return single.get(value);
    }

    int nodes() {
        return nodes;
    }

    int label(int node) {
        return labels[node] & 0xFF;
    }

    /** Of a root's child 0. */
    int depth(int node) {
        return depths[node];
    }

    /** The first node behind this one and all below it. */
    int end(int node) {
        return ends[node];
    }

    /** The node's tokens, and all below it, are {@link #sorted} from here on. */
    int firstToken(int node) {
        return firstTokens[node];
    }

    /** How many tokens end at a node. */
    int tokensAt(int node) {
        int behind = node + 1 < ends[node] ? firstTokens[node + 1] : firstTokens[ends[node]];
        return behind - firstTokens[node];
    }

    int sorted(int at) {
        return sorted[at];
    }

    int longest() {
        return longest;
    }

    /** The longest token that these bytes begin with, the lowest of several; -1 if there is none. */
    int longestPrefix(byte[] text, int length) {
        int found = -1;
        int node = 0;
        int end = nodes;
        for (int depth = 0; depth < length && node < end; depth++) {
            while (node < end && labels[node] != text[depth]) {
                node = ends[node];
            }
            if (node == end) {
                return found;
            }
            if (tokensAt(node) > 0) {
                found = sorted[firstTokens[node]];
            }
            end = ends[node];
            node++;
        }
        return found;
    }
}
