package io.wanspec.drafting;

import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.contracts.tree.FlagColumn;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a draft worker does for one session, as a pure state machine: {@link #advance} and {@link #expand} take the
 * controller's frames, {@link #next} says what to forward, and {@link #filled} and {@link #grown} take the outcome and give
 * the frame to send. No clock, thread or socket: the server and the simulator drive the same class. Frames may come while a
 * pass is under way.
 */
public final class DraftWorker {
    /** Guesses in the model's cache at which a worker waits for the target to decide about some. */
    private static final int CACHED_MAX = 768;

    private final int promptTokens;
    private final int contextTokens;
    private final int fillTokensMax;
    private final TokenPath committed;
    private final DraftTree tree;

    /** Whether the model's cache holds a node's keys and values, or will when the pass under way ends. */
    private final FlagColumn forwarded;

    private final Growth growth;
    private final FrameBuilder frame = new FrameBuilder();
    private final PassCost cost = new PassCost();
    private DraftPlan plan;
    private DraftFrame.@Nullable Expand asked;

    /** How many committed tokens the model's cache holds, the pass under way included. */
    private int held;

    /** How many of those the cache itself knows to be committed; the others are nodes to it. */
    private int settled;

    /** How many nodes the cache holds behind {@link #settled}, the pass under way included. */
    private int cached;

    private int passes;
    private long passNanos;
    private long fillNanos;

    /**
     * @param contextTokens of the draft model
     * @param fillTokensMax most tokens of a pass that only fills the cache
     * @param endsSequence whether a token ends a sequence
     */
    public DraftWorker(DraftFrame.Open open, int contextTokens, int fillTokensMax, IntPredicate endsSequence) {
        this.contextTokens = contextTokens;
        this.fillTokensMax = fillTokensMax;
        promptTokens = open.prefix().size();
        committed = new TokenPath(open.prefix());
        tree = new DraftTree(open.prefix(), Limits.DRAFT_TREE_NODES_MAX);
        forwarded = tree.newFlagColumn();
        growth = new Growth(tree, forwarded, endsSequence, promptTokens);
        plan = open.plan();
        growth.restart(bounded(plan));
    }

    /**
     * Takes what the target has committed. A frame that is behind what the worker knows to be committed changes nothing.
     *
     * @return the refusal that ends the session, or null
     */
    public DraftFrame.@Nullable Refused advance(DraftFrame.Advance frame) {
        int position = frame.position();
        int end = position + frame.committed().size();
        if (end > Limits.SEQUENCE_TOKENS_MAX) {
            return new DraftFrame.Refused(
                    RefusalCode.CONTEXT_EXCEEDED,
                    "committed: the sequence must not exceed " + Limits.SEQUENCE_TOKENS_MAX + " tokens");
        }
        if (!committed.holds(position, frame.branch())) {
            return unknown(frame);
        }
        int agreed = committed.agreed(position, frame.committed());
        if (agreed < frame.committed().size() && position + agreed < committed.size()) {
            return unknown(frame);
        }
        if (end >= committed.size()) {
            follow(frame.committed().from(agreed));
            plan = frame.plan();
            growth.restart(bounded(plan));
        }
        return null;
    }

    private void follow(Tokens tokens) {
        int node = tree.root();
        for (int i = 0; i < tokens.size() && held == committed.size() + i; i++) {
            node = tree.child(node, tokens.get(i));
            if (node == DraftTree.NONE || !forwarded.isSet(node)) {
                break;
            }
            held++;
        }
        committed.append(tokens);
        tree.commit(tokens);
    }

    private DraftPlan bounded(DraftPlan wanted) {
        return wanted.draftUpTo() <= contextTokens
                ? wanted
                : new DraftPlan(
                        contextTokens,
                        wanted.passNodes(),
                        wanted.candidates(),
                        wanted.floorMilliNats(),
                        wanted.share(),
                        wanted.shares());
    }

    private static DraftFrame.Refused unknown(DraftFrame.Advance frame) {
        return new DraftFrame.Refused(
                RefusalCode.PREFIX_UNKNOWN,
                "branch: the worker does not hold this prefix of " + frame.position() + " tokens; open the link again");
    }

    /** Takes a wish for one pass; it replaces one that has not begun. */
    public void expand(DraftFrame.Expand frame) {
        asked = frame;
    }

    /** Before the first pass: the model's cache holds this much of the opened prefix already. */
    public void cacheHolds(int tokens) {
        held = Math.min(tokens, promptTokens - 1);
        settled = held;
    }

    /** Whether it is of use to know what follows a node that was forwarded. */
    public boolean wants(long branch) {
        int node = tree.find(branch);
        return node != DraftTree.NONE && tree.depth(node) >= 0;
    }

    /** The committed tokens from a position on. */
    public Tokens committedFrom(int position) {
        return committed.slice(position, committed.size());
    }

    /** The guessed tokens behind the committed ones down to a node that is {@link #wants wanted}, that node's included. */
    public Tokens pathTo(long branch) {
        int node = tree.find(branch);
        int[] path = new int[tree.depth(node)];
        for (int at = path.length - 1; at >= 0; at--) {
            path[at] = tree.token(node);
            node = tree.parent(node);
        }
        return Tokens.of(path);
    }

    /** How many candidates the controller wants behind each forwarded node. */
    public int candidates() {
        return plan.candidates();
    }

    /** What to do next; without a wish or a position to guess it is nothing at all. */
    public DraftStep next() {
        DraftFrame.Expand wish = asked;
        asked = null;
        if (wish != null && isTimely(wish) && hasRoom()) {
            return granted(wish);
        }
        int first = growth.poll();
        if (first == DraftTree.NONE) {
            return new DraftStep.Rest();
        }
        if (!hasRoom()) {
            growth.putBack(first);
            return new DraftStep.Rest();
        }
        if (mustFill()) {
            growth.putBack(first);
            return fill();
        }
        return grow(first);
    }

    private boolean isTimely(DraftFrame.Expand wish) {
        return committed.size() == wish.position() && committed.holds(wish.position(), wish.branch());
    }

    /** The token behind the committed ones always has a place: with it the cache forgets what it contradicts. */
    private boolean hasRoom() {
        return !forwarded.isSet(tree.root()) || stillCached() < CACHED_MAX;
    }

    /** With the next pass the cache learns what is committed, and forgets the rest. */
    private int stillCached() {
        return held > settled ? forwardedBelow(tree.root()) : cached;
    }

    private DraftStep granted(DraftFrame.Expand wish) {
        int[] nodes = unknownOf(wish);
        if (nodes.length == 0) {
            return next();
        }
        if (mustFill()) {
            asked = wish;
            return fill();
        }
        PassBuilder pass = newPass();
        catchUp(pass);
        for (int node : nodes) {
            pass.addWithAncestors(node);
        }
        return step(pass);
    }

    /** The wanted nodes that are to be forwarded: not those that are, nor those that do not fit the context. */
    private int[] unknownOf(DraftFrame.Expand wish) {
        int[] nodes = new int[wish.guesses().size()];
        for (int i = 0; i < nodes.length; i++) {
            int parent = wish.guesses().parents().get(i);
            int behind = parent == TokenTree.PREFIX ? tree.root() : nodes[parent];
            int token = wish.guesses().tokens().get(i);
            nodes[i] = behind == DraftTree.NONE ? DraftTree.NONE : tree.add(behind, token, 0, 0);
        }
        return Arrays.stream(wish.wanted().toArray())
                .map(index -> index == TokenTree.PREFIX ? tree.root() : nodes[index])
                .filter(node ->
                        node != DraftTree.NONE && !forwarded.isSet(node) && tree.position(node) + 1 < contextTokens)
                .toArray();
    }

    private boolean mustFill() {
        return held < promptTokens - 1 || committed.size() - held > fillTokensMax;
    }

    private DraftStep fill() {
        // The cache forgets its nodes; those that are committed by now go again.
        held = settled;
        cached = 0;
        int limit = held < promptTokens - 1 ? promptTokens - 1 : committed.size() - 1;
        return new DraftStep.Fill(held, committed.slice(held, Math.min(limit, held + fillTokensMax)));
    }

    private DraftStep grow(int first) {
        PassBuilder pass = newPass();
        if (first == tree.root()) {
            catchUp(pass);
        }
        double sum = 0;
        int node = first;
        while (node != DraftTree.NONE) {
            sum += Math.exp(-tree.surprisal(node));
            pass.add(node);
            node = pass.size() < plan.passNodes() ? growth.poll() : DraftTree.NONE;
            if (node != DraftTree.NONE && !cost.isWorthIt(Math.exp(-tree.surprisal(node)), sum, pass.size())) {
                growth.putBack(node);
                node = DraftTree.NONE;
            }
        }
        return step(pass);
    }

    private PassBuilder newPass() {
        cached = stillCached();
        return new PassBuilder(
                tree, forwarded, committed.branchBefore(committed.size() - 1).digest());
    }

    private int forwardedBelow(int node) {
        int count = 0;
        for (int child = tree.firstChild(node); child != DraftTree.NONE; child = tree.nextSibling(child)) {
            count += forwarded.isSet(child) ? 1 + forwardedBelow(child) : 0;
        }
        return count;
    }

    /** Committed tokens before the root that the cache lacks go first. */
    private void catchUp(PassBuilder pass) {
        for (int position = held; position < committed.size() - 1; position++) {
            pass.addCommitted(
                    committed.branchBefore(position + 1).digest(),
                    committed.branchBefore(position).digest(),
                    committed.token(position),
                    position);
        }
    }

    private DraftStep step(PassBuilder pass) {
        long[] nowSettled = new long[held - settled];
        for (int i = 0; i < nowSettled.length; i++) {
            nowSettled[i] = committed.branchBefore(settled + i + 1).digest();
        }
        settled = held;
        cached += pass.size();
        if (forwarded.isSet(tree.root())) {
            held = committed.size();
        }
        return new DraftStep.Grow(nowSettled, pass.nodes());
    }

    /** A {@link DraftStep.Fill} is done. */
    public void filled(DraftStep.Fill step, long nanos) {
        fillNanos += nanos;
        held = Math.max(held, step.from() + step.tokens().size());
        settled = held;
    }

    /**
     * A {@link DraftStep.Grow} is done.
     *
     * @param outlooks one for each node, in order; empty for those whose outlook nobody {@link #wants}
     * @return the frame to send, or null if all of it has become pointless meanwhile
     */
    public DraftFrame.@Nullable Drafted grown(DraftStep.Grow step, Outlooks outlooks, long nanos) {
        passes++;
        passNanos += nanos;
        cost.onPass(step.nodes().size(), nanos);
        frame.clear();
        for (int i = 0; i < step.nodes().size(); i++) {
            int node = tree.find(step.nodes().branches()[i]);
            if (node != DraftTree.NONE && outlooks.count(i) > 0) {
                addChildren(node, outlooks, i);
                frame.add(tree, node, outlooks, i);
            }
        }
        if (frame.isEmpty()) {
            return null;
        }
        DraftFrame.Drafted drafted = frame.build(committed.size(), passes, passNanos / 1_000);
        passes = 0;
        passNanos = 0;
        return drafted;
    }

    private void addChildren(int node, Outlooks outlooks, int at) {
        for (int rank = 0; rank < outlooks.count(at); rank++) {
            tree.add(node, outlooks.token(at, rank), rank, outlooks.surprisal(at, rank) / 1e3);
        }
        growth.onChildren(node);
    }

    /** The committed tokens that the cache holds. */
    public Tokens cachedTokens() {
        return committed.slice(0, Math.min(settled, committed.size()));
    }

    /** Time of passes that only filled the cache, in nanoseconds. */
    public long fillNanos() {
        return fillNanos;
    }
}
