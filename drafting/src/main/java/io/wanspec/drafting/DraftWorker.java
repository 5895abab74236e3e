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
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a draft worker does for one session, as a pure state machine: {@link #advance} and {@link #expand} take the
 * controller's frames, {@link #next} says what to forward, and {@link #filled} and {@link #grown} take the outcome and give
 * the frame to send. No clock, thread or socket: the server and the simulator drive the same class. Frames may come while a
 * pass is under way.
 */
public final class DraftWorker {
    /** Says that several tokens may follow. */
    public static final int NOT_FORCED = -1;

    /** Most tokens that are given behind one that was looked at. */
    private static final int FORCED_TOKENS_MAX = 16;

    private final int contextTokens;
    private final TokenPath committed;
    private final DraftTree tree;

    /** Whether the model's cache holds a node's keys and values, or will when the pass under way ends. */
    private final FlagColumn forwarded;

    private final DraftCache cache;
    private final Growth growth;
    private final FrameBuilder frame = new FrameBuilder();
    private final PassCost cost = new PassCost();
    private final LongToIntFunction forced;
    private final Outlooks forcedOutlook = new Outlooks();
    private DraftPlan plan;
    private DraftFrame.@Nullable Expand asked;
    private int passes;
    private long passNanos;
    private long fillNanos;

    /**
     * @param contextTokens of the draft model
     * @param fillTokensMax most tokens of a pass that only fills the cache
     * @param endsSequence whether a token ends a sequence
     */
    public DraftWorker(DraftFrame.Open open, int contextTokens, int fillTokensMax, IntPredicate endsSequence) {
        this(open, contextTokens, fillTokensMax, endsSequence, any -> NOT_FORCED);
    }

    /**
     * @param forced the one token that can follow a prefix that is {@link #wants wanted}, whatever the model says, or {@link #NOT_FORCED}: it is given
     *     without a pass
     */
    public DraftWorker(
            DraftFrame.Open open,
            int contextTokens,
            int fillTokensMax,
            IntPredicate endsSequence,
            LongToIntFunction forced) {
        this.forced = forced;
        this.contextTokens = contextTokens;
        int promptTokens = open.prefix().size();
        committed = new TokenPath(open.prefix());
        tree = new DraftTree(open.prefix(), Limits.DRAFT_TREE_NODES_MAX);
        forwarded = tree.newFlagColumn();
        cache = new DraftCache(committed, tree, forwarded, promptTokens, fillTokensMax);
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
        cache.beforeCommit(tokens);
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

    /** Takes a request for one pass; it replaces one that has not begun. */
    public void expand(DraftFrame.Expand frame) {
        asked = frame;
    }

    /** Before the first pass: the model's cache holds this much of the opened prefix already. */
    public void cacheHolds(int tokens) {
        cache.holdsAtFirst(tokens);
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

    /** The draft tokens behind the committed ones down to a node that is {@link #wants wanted}, that node's included. */
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

    /** What to do next; without a request or a position to draft it is nothing at all. */
    public DraftStep next() {
        DraftFrame.Expand request = asked;
        asked = null;
        if (request != null && isTimely(request) && cache.hasRoom()) {
            return granted(request);
        }
        int first = growth.poll();
        if (first == DraftTree.NONE) {
            return new DraftStep.Rest();
        }
        if (!cache.hasRoom()) {
            growth.putBack(first);
            return new DraftStep.Rest();
        }
        if (cache.mustFill()) {
            growth.putBack(first);
            return cache.fill();
        }
        return grow(first);
    }

    private boolean isTimely(DraftFrame.Expand request) {
        return committed.size() == request.position() && committed.holds(request.position(), request.branch());
    }

    private DraftStep granted(DraftFrame.Expand request) {
        int[] nodes = unknownOf(request);
        if (nodes.length == 0) {
            return next();
        }
        if (cache.mustFill()) {
            asked = request;
            return cache.fill();
        }
        PassBuilder pass = cache.newPass();
        cache.catchUp(pass);
        for (int node : nodes) {
            pass.addWithAncestors(node);
        }
        return cache.grow(pass);
    }

    /** The wanted nodes that are to be forwarded: not those that are, nor those that do not fit the context. */
    private int[] unknownOf(DraftFrame.Expand request) {
        int[] nodes = new int[request.drafts().size()];
        for (int i = 0; i < nodes.length; i++) {
            int parent = request.drafts().parents().get(i);
            int behind = parent == TokenTree.PREFIX ? tree.root() : nodes[parent];
            int token = request.drafts().tokens().get(i);
            nodes[i] = behind == DraftTree.NONE ? DraftTree.NONE : tree.add(behind, token, 0, 0);
        }
        return Arrays.stream(request.wanted().toArray())
                .map(index -> index == TokenTree.PREFIX ? tree.root() : nodes[index])
                .filter(node ->
                        node != DraftTree.NONE && !forwarded.isSet(node) && tree.position(node) + 1 < contextTokens)
                .toArray();
    }

    private DraftStep grow(int first) {
        PassBuilder pass = cache.newPass();
        if (!forwarded.isSet(tree.root())) {
            cache.catchUp(pass);
        }
        double sum = 0;
        int node = first;
        while (node != DraftTree.NONE) {
            sum += Math.exp(-tree.surprisal(node));
            // What was given without a pass goes along with what follows it.
            pass.addWithAncestors(node);
            node = pass.size() < plan.passNodes() ? growth.poll() : DraftTree.NONE;
            if (node != DraftTree.NONE && !cost.isWorthIt(Math.exp(-tree.surprisal(node)), sum, pass.size())) {
                growth.putBack(node);
                node = DraftTree.NONE;
            }
        }
        return cache.grow(pass);
    }

    /** A {@link DraftStep.Fill} is done. */
    public void filled(DraftStep.Fill step, long nanos) {
        fillNanos += nanos;
        cache.filled(step);
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
                giveForced(node);
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

    /** What can only follow a node's children is sent with them. */
    private void giveForced(int node) {
        for (int child = tree.firstChild(node); child != DraftTree.NONE; child = tree.nextSibling(child)) {
            int at = child;
            for (int given = 0; given < FORCED_TOKENS_MAX && at != DraftTree.NONE; given++) {
                at = give(at);
            }
        }
    }

    /** @return the node of the token that was given behind this one, if any */
    private int give(int node) {
        if (frame.isFull() || forwarded.isSet(node) || growth.isGiven(node) || !growth.mayFollow(node)) {
            return DraftTree.NONE;
        }
        int token = forced.applyAsInt(tree.branch(node));
        int child = token == NOT_FORCED ? DraftTree.NONE : tree.add(node, token, 0, 0);
        if (child != DraftTree.NONE) {
            forcedOutlook.clear();
            forcedOutlook.begin(0);
            forcedOutlook.candidate(token, 0);
            frame.add(tree, node, forcedOutlook, 0);
            growth.onGiven(node);
        }
        return child;
    }

    /** The committed tokens that the cache holds. */
    public Tokens cachedTokens() {
        return cache.settledTokens();
    }

    /** Time of passes that only filled the cache, in nanoseconds. */
    public long fillNanos() {
        return fillNanos;
    }
}
