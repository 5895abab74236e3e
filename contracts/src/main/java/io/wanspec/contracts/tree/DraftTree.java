package io.wanspec.contracts.tree;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The draft tokens behind a committed prefix, as a tree: the controller and each draft worker of a session hold one. A node is
 * one draft token; the root stands for the prefix. Nodes are found by the digest of the prefix that they end, so it does not
 * matter who sent them, in which order, or how often.
 *
 * <p>Nodes are numbers, valid until the next {@link #commit}. Flat arrays, because a session goes through dozens of nodes for
 * each committed token. What else somebody wants to know of each node stands in a column of its own: {@link #newIntColumn},
 * {@link #newFlagColumn}.
 */
public final class DraftTree {
    /** No such node. */
    public static final int NONE = -1;

    private final int capacity;
    private final NodeIndex index;
    private final int[] tokens;
    private final int[] parents;
    private final int[] firstChildren;
    private final int[] siblings;
    private final int[] positions;
    private final byte[] ranks;
    private final long[] branches;
    private final double[] surprisals;
    private final List<Column> columns = new ArrayList<>();
    private int size;
    private int root;

    /**
     * @param prefix what is committed at the start
     * @param capacity most nodes, dead ones of the last commits included; more are dropped, which costs speed only
     */
    public DraftTree(Tokens prefix, int capacity) {
        this.capacity = capacity;
        index = new NodeIndex(capacity);
        tokens = new int[capacity];
        parents = new int[capacity];
        firstChildren = new int[capacity];
        siblings = new int[capacity];
        positions = new int[capacity];
        ranks = new byte[capacity];
        branches = new long[capacity];
        surprisals = new double[capacity];
        root = create(
                NONE, prefix.last(), prefix.size() - 1, 0, 0, Branch.of(prefix).digest());
    }

    public int root() {
        return root;
    }

    /** How many tokens are committed: the position of the next one. */
    public int committed() {
        return positions[root] + 1;
    }

    /** Nodes held, those that the last commits have contradicted included. */
    public int size() {
        return size;
    }

    /** Position of the node's token. */
    public int position(int node) {
        return positions[node];
    }

    /** How many tokens the node lies behind the root. */
    public int depth(int node) {
        return positions[node] - positions[root];
    }

    public int token(int node) {
        return tokens[node];
    }

    public int parent(int node) {
        return parents[node];
    }

    /** Digest of the prefix up to the node's token, this token included. */
    public long branch(int node) {
        return branches[node];
    }

    /** Which choice of the draft it was behind its parent, from 0. */
    public int rank(int node) {
        return ranks[node];
    }

    /** Surprisal of the whole path from the root to this node, in nats; 0 for the root. */
    public double surprisal(int node) {
        return surprisals[node] - surprisals[root];
    }

    public int firstChild(int node) {
        return firstChildren[node];
    }

    public int nextSibling(int node) {
        return siblings[node];
    }

    public boolean isLeaf(int node) {
        return firstChildren[node] == NONE;
    }

    /** A number for every node, kept by the caller; 0 for nodes to come. */
    public IntColumn newIntColumn() {
        IntColumn column = new IntColumn(capacity);
        columns.add(column);
        return column;
    }

    /** A yes or no for every node, kept by the caller; no for nodes to come. */
    public FlagColumn newFlagColumn() {
        FlagColumn column = new FlagColumn(capacity);
        columns.add(column);
        return column;
    }

    /** The living node that ends the prefix of this digest; {@link #NONE} if there is none. */
    public int find(long branch) {
        int node = index.find(branch, branches);
        return node != NONE && isAlive(node) ? node : NONE;
    }

    /** Whether the node still continues the committed prefix. */
    public boolean isAlive(int node) {
        int at = node;
        while (positions[at] > positions[root]) {
            at = parents[at];
        }
        return at == root;
    }

    public int child(int node, int token) {
        for (int child = firstChildren[node]; child != NONE; child = siblings[child]) {
            if (tokens[child] == token) {
                return child;
            }
        }
        return NONE;
    }

    /** The child of the lowest rank; {@link #NONE} for a leaf. */
    public int bestChild(int node) {
        int best = firstChildren[node];
        for (int child = best; child != NONE; child = siblings[child]) {
            if (ranks[child] < ranks[best]) {
                best = child;
            }
        }
        return best;
    }

    /**
     * Adds a draft token, or finds it if it is there.
     *
     * @param nats surprisal of the token behind its parent
     * @return the node, or {@link #NONE} if the tree is full
     */
    public int add(int parent, int token, int rank, double nats) {
        int last = NONE;
        for (int child = firstChildren[parent]; child != NONE; child = siblings[child]) {
            if (tokens[child] == token) {
                return child;
            }
            last = child;
        }
        if (size == capacity) {
            return NONE;
        }
        int node = create(
                parent,
                token,
                positions[parent] + 1,
                rank,
                surprisals[parent] + nats,
                Branch.then(branches[parent], token));
        if (last == NONE) {
            firstChildren[parent] = node;
        } else {
            siblings[last] = node;
        }
        return node;
    }

    /** Moves the root on; what the tokens contradict dies. Nodes get new numbers if dead ones fill half of the room. */
    public void commit(Tokens committed) {
        for (int i = 0; i < committed.size(); i++) {
            int next = child(root, committed.get(i));
            if (next == NONE) {
                if (size == capacity) {
                    keepLiving();
                }
                next = add(root, committed.get(i), 0, 0);
            }
            root = next;
        }
        if (size > capacity / 2) {
            keepLiving();
        }
    }

    private int create(int parent, int token, int position, int rank, double surprisal, long branch) {
        int node = size++;
        tokens[node] = token;
        parents[node] = parent;
        firstChildren[node] = NONE;
        siblings[node] = NONE;
        positions[node] = position;
        ranks[node] = (byte) rank;
        branches[node] = branch;
        surprisals[node] = surprisal;
        index.put(branch, node);
        return node;
    }

    /** Copies the root and what is below it to the front of fresh arrays, parents before children. */
    private void keepLiving() {
        int[] order = new int[size];
        int[] renamed = new int[size];
        int kept = 0;
        order[kept++] = root;
        for (int i = 0; i < kept; i++) {
            renamed[order[i]] = i;
            for (int child = firstChildren[order[i]]; child != NONE; child = siblings[child]) {
                order[kept++] = child;
            }
        }
        // A tree that is full with living nodes starts anew: draft tokens are worth less than a place for committed
        // ones.
        kept = kept >= capacity ? 1 : kept;
        copy(order, renamed, kept);
    }

    private void copy(int[] order, int[] renamed, int kept) {
        int[] oldTokens = Arrays.copyOf(tokens, size);
        int[] oldParents = Arrays.copyOf(parents, size);
        int[] oldPositions = Arrays.copyOf(positions, size);
        byte[] oldRanks = Arrays.copyOf(ranks, size);
        long[] oldBranches = Arrays.copyOf(branches, size);
        double[] oldSurprisals = Arrays.copyOf(surprisals, size);
        for (Column column : columns) {
            column.renumber(order, kept, size);
        }
        index.clear();
        size = 0;
        int[] lastChild = new int[kept];
        for (int i = 0; i < kept; i++) {
            int old = order[i];
            int parent = i == 0 ? NONE : renamed[oldParents[old]];
            double surprisal = oldSurprisals[old] - oldSurprisals[order[0]];
            create(parent, oldTokens[old], oldPositions[old], oldRanks[old], surprisal, oldBranches[old]);
            lastChild[i] = NONE;
            if (parent != NONE) {
                if (lastChild[parent] == NONE) {
                    firstChildren[parent] = i;
                } else {
                    siblings[lastChild[parent]] = i;
                }
                lastChild[parent] = i;
            }
        }
        root = 0;
    }
}
