package io.wanspec.drafting;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A controller that commits what it likes, sometimes what the draft would say. */
final class RandomFrames {
    private static final int LONG_COMMIT = 12;

    /** With four candidates behind each node the tree of so many positions still fits. */
    private static final int WINDOW_MAX = 5;

    private final DraftText text;
    private final Random random;
    private final int promptTokens;
    private final List<DraftFrame.Advance> sent = new ArrayList<>();
    private Tokens committed;
    private DraftPlan plan;

    RandomFrames(DraftText text, Random random) {
        this.text = text;
        this.random = random;
        committed = Tokens.of(
                random.ints(1 + random.nextInt(12), 1, text.vocabulary()).toArray());
        promptTokens = committed.size();
        plan = randomPlan();
    }

    Tokens committed() {
        return committed;
    }

    DraftPlan plan() {
        return plan;
    }

    private DraftPlan randomPlan() {
        int shares = 1 + random.nextInt(3);
        return new DraftPlan(
                committed.size() + random.nextInt(WINDOW_MAX + 1),
                1 + random.nextInt(5),
                1 + random.nextInt(4),
                random.nextBoolean() ? 1_000_000 : random.nextInt(5_000),
                random.nextInt(shares),
                shares);
    }

    DraftFrame.Advance advance() {
        int from = committed.size() - random.nextInt(Math.min(3, committed.size() - promptTokens + 1));
        int more = random.nextInt(12) == 0 ? random.nextInt(LONG_COMMIT) : random.nextInt(4);
        Branch branch = Branch.of(committed.slice(0, from));
        committed = committed.plus(continuation(more));
        plan = randomPlan();
        DraftFrame.Advance frame = new DraftFrame.Advance(from, branch, committed.from(from), plan);
        sent.add(frame);
        return frame;
    }

    /** What the draft would say, or something else. */
    private Tokens continuation(int size) {
        Tokens all = committed;
        for (int i = 0; i < size; i++) {
            all = all.plus(random.nextInt(4) > 0 ? text.firstChoice(all) : 1 + random.nextInt(text.vocabulary() - 1));
        }
        return all.from(committed.size());
    }

    boolean hasSent() {
        return !sent.isEmpty();
    }

    /** One of the frames before the last, or the last one again. */
    DraftFrame.Advance late() {
        return sent.get(random.nextInt(sent.size()));
    }

    /** Late frames that end before what is committed now, and hence say nothing, whatever their plan. */
    List<DraftFrame.Advance> stale() {
        return sent.stream()
                .filter(frame -> frame.position() + frame.committed().size() < committed.size())
                .toList();
    }

    DraftFrame.Expand expand() {
        int size = random.nextInt(6);
        int[] tokens = new int[size];
        int[] parents = new int[size];
        for (int i = 0; i < size; i++) {
            parents[i] = random.nextInt(i + 1) - 1;
            tokens[i] = freshSibling(tokens, parents, i);
        }
        int[] wanted = random.ints(-1, size)
                .distinct()
                .limit(1 + random.nextInt(size + 1))
                .toArray();
        TokenTree guesses = new TokenTree(Tokens.of(tokens), Ints.of(parents));
        return new DraftFrame.Expand(committed.size(), Branch.of(committed), guesses, Ints.of(wanted));
    }

    private int freshSibling(int[] tokens, int[] parents, int at) {
        int token = random.nextInt(text.vocabulary());
        for (int i = 0; i < at; i++) {
            if (parents[i] == parents[at] && tokens[i] == token) {
                return freshSibling(tokens, parents, at);
            }
        }
        return token;
    }
}
