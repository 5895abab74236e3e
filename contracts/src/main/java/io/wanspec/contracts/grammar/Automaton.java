package io.wanspec.contracts.grammar;

import io.wanspec.contracts.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A grammar over a vocabulary: from standing to standing by bytes and tokens, and which tokens may follow.
 *
 * <p>Where the grammar leaves one way on, for one byte or several, the one token that may follow is the longest that goes that way: it needs no model.
 * Not thread-safe.
 */
final class Automaton {
    /** More ways than this at once are not followed; each of those that are can be ended. */
    static final int PLACES_MAX = 1_024;

    /** More than a grammar has states: what follows a state without a byte is found, however many are to be passed. */
    private static final int SEEN_MAX = 2 * Limits.GRAMMAR_STATES_MAX;

    private static final int BYTES = 256;
    private static final int MANY = -1;
    private static final int STANDING_BYTES = 128;
    private static final int PLACE_BYTES = 72;
    private static final int NEXT_BYTES = BYTES * 8;

    private final GrammarNetwork network;
    private final TokenTrie trie;
    private final Heights heights;
    private final Memo memo;
    private final Map<GrammarStanding, GrammarStanding> known = new HashMap<>();
    private final Runnable forget = this::forget;
    private final GrammarStanding start;
    private final GrammarStanding[] walked;

    Automaton(Grammar grammar, TokenTrie trie, Memo memo) {
        this.network = grammar.network();
        this.trie = trie;
        this.memo = memo;
        heights = Heights.of(network, trie::writes);
        walked = new GrammarStanding[trie.longest() + 1];
        Found found = new Found();
        if (heights.mayBegin()) {
            found.open(network.start(0), null);
        }
        start = found.standing();
        memo.join(forget);
    }

    /** It is used no more. */
    void close() {
        memo.leave(forget);
    }

    private void forget() {
        known.keySet().forEach(GrammarStanding::forget);
        known.clear();
        start.forget();
    }

    /** Before the first byte; nowhere if the vocabulary cannot write the grammar's texts. */
    GrammarStanding start() {
        return start;
    }

    /** Behind another byte. */
    GrammarStanding step(GrammarStanding standing, int value) {
        GrammarStanding[] next = standing.next;
        if (next == null) {
            next = new GrammarStanding[BYTES];
            memo.keep(NEXT_BYTES);
            standing.next = next;
        }
        GrammarStanding behind = next[value];
        if (behind == null) {
            behind = find(standing, value);
            next[value] = behind;
        }
        return behind;
    }

    private GrammarStanding find(GrammarStanding standing, int value) {
        Found found = new Found();
        if (trie.writes(value)) {
            for (GrammarPlace place : standing.places) {
                for (int edge = network.firstEdge(place.state); edge >= 0; edge = network.nextEdge(edge)) {
                    if (network.isBytes(edge) && network.low(edge) <= value && value <= network.high(edge)) {
                        found.open(network.target(edge), place.frame);
                    }
                }
            }
        }
        return found.standing();
    }

    /** Behind another token; nowhere if it is not on the grammar, or no text. */
    GrammarStanding after(GrammarStanding standing, int token) {
        byte[] bytes = trie.bytes(token);
        GrammarStanding at = bytes.length == 0 ? GrammarStanding.NOWHERE : standing;
        for (int i = 0; i < bytes.length && !at.isNowhere(); i++) {
            at = step(at, bytes[i] & 0xFF);
        }
        return at;
    }

    /** Which tokens may follow. */
    TokenMask mask(GrammarStanding standing) {
        TokenMask mask = standing.mask;
        if (mask == null) {
            int forced = forcedToken(standing);
            mask = forced >= 0 ? TokenMask.only(forced) : walk(standing);
            memo.keep(mask.bytes());
            standing.mask = mask;
        }
        return mask;
    }

    private int forcedToken(GrammarStanding standing) {
        byte[] forced = new byte[trie.longest()];
        int length = 0;
        GrammarStanding at = standing;
        while (length < forced.length) {
            int value = onlyByte(at);
            if (value == MANY) {
                break;
            }
            forced[length++] = (byte) value;
            at = step(at, value);
        }
        return trie.longestPrefix(forced, length);
    }

    /** The one byte that may follow, if there is but one, and no end. */
    private int onlyByte(GrammarStanding standing) {
        int only = MANY;
        if (standing.mayEnd) {
            return MANY;
        }
        for (GrammarPlace place : standing.places) {
            for (int edge = network.firstEdge(place.state); edge >= 0; edge = network.nextEdge(edge)) {
                if (network.isBytes(edge) && heights.mayBe(network.target(edge), place.depth())) {
                    for (int value = network.low(edge); value <= network.high(edge); value++) {
                        if (trie.writes(value) && value != only) {
                            if (only != MANY) {
                                return MANY;
                            }
                            only = value;
                        }
                    }
                }
            }
        }
        return only;
    }

    private TokenMask walk(GrammarStanding standing) {
        long[] bits = new long[(trie.vocabulary() + Long.SIZE - 1) / Long.SIZE];
        walked[0] = standing;
        int node = 0;
        while (node < trie.nodes()) {
            int depth = trie.depth(node);
            GrammarStanding behind = step(walked[depth], trie.label(node));
            if (behind.isNowhere()) {
                node = trie.end(node);
            } else {
                int first = trie.firstToken(node);
                for (int i = first; i < first + trie.tokensAt(node); i++) {
                    int token = trie.sorted(i);
                    bits[token / Long.SIZE] |= 1L << token;
                }
                walked[depth + 1] = behind;
                node++;
            }
        }
        Arrays.fill(walked, null);
        return TokenMask.of(bits);
    }

    /** What may be reached without a byte, in the order of a search that goes to the end of each way first. */
    private final class Found {
        private final Set<GrammarPlace> seen = new HashSet<>();

        /** Of those seen, the ones that have a byte. */
        private final List<GrammarPlace> places = new ArrayList<>();

        private final Deque<GrammarPlace> open = new ArrayDeque<>();
        private final List<GrammarPlace> next = new ArrayList<>();
        private boolean mayEnd;

        void open(int state, @Nullable Frame frame) {
            open.push(new GrammarPlace(state, frame));
            while (!open.isEmpty() && places.size() < PLACES_MAX && seen.size() < SEEN_MAX) {
                GrammarPlace place = open.pop();
                if (heights.mayBe(place.state, place.depth()) && seen.add(place)) {
                    visit(place);
                }
            }
            open.clear();
        }

        private void visit(GrammarPlace place) {
            if (network.hasBytes(place.state)) {
                places.add(place);
            }
            for (int edge = network.firstEdge(place.state); edge >= 0; edge = network.nextEdge(edge)) {
                if (network.isCall(edge)) {
                    call(edge, place.frame);
                } else if (!network.isBytes(edge)) {
                    next.add(new GrammarPlace(network.target(edge), place.frame));
                }
            }
            if (network.endsRule(place.state)) {
                Frame frame = place.frame;
                if (frame == null) {
                    mayEnd = true;
                } else {
                    next.add(new GrammarPlace(frame.back, frame.outer));
                }
            }
            next.reversed().forEach(open::push);
            next.clear();
        }

        private void call(int edge, @Nullable Frame frame) {
            int back = network.target(edge);
            int start = network.start(network.rule(edge));
            if (network.isEnd(back)) {
                // Nothing follows but the rule's end: what the called one's end leads to is what this one's does.
                next.add(new GrammarPlace(start, frame));
            } else if (heights.mayBe(back, Frame.depth(frame))) {
                next.add(new GrammarPlace(start, new Frame(frame, back)));
            }
        }

        GrammarStanding standing() {
            var made = new GrammarStanding(places, mayEnd);
            if (made.isNowhere()) {
                return GrammarStanding.NOWHERE;
            }
            GrammarStanding before = known.putIfAbsent(made, made);
            if (before != null) {
                return before;
            }
            memo.keep(STANDING_BYTES + (long) PLACE_BYTES * made.places.size());
            return made;
        }
    }
}
