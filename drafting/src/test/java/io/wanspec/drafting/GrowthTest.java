package io.wanspec.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Tokens;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** Which nodes are forwarded, against a search of all of them. */
class GrowthTest {
    private static final DraftText TEXT = new DraftText(9);
    private static final int CANDIDATES = 3;

    private record Path(Tokens tokens, int surprisal, boolean firstChoices) {}

    @SeededTest(tries = 300)
    void aWorkerForwardsAllThatThePlanAllowsAndNothingElse(Random random) {
        Tokens prompt = Tokens.of(1 + random.nextInt(8), 1 + random.nextInt(8));
        DraftPlan plan = plan(random, prompt.size() + 1 + random.nextInt(5), 0, 1);
        assertThat(forwarded(prompt, plan)).isEqualTo(allowed(prompt, plan).keySet());
    }

    @SeededTest(tries = 300)
    void workersShareTheAlternatives(Random random) {
        Tokens prompt = Tokens.of(1 + random.nextInt(8), 1 + random.nextInt(8));
        int shares = 2 + random.nextInt(3);
        DraftPlan whole = plan(random, prompt.size() + 1 + random.nextInt(5), 0, 1);
        Map<Long, Path> allowed = allowed(prompt, whole);
        Map<Long, Integer> times = new HashMap<>();
        for (int share = 0; share < shares; share++) {
            DraftPlan part = new DraftPlan(
                    whole.draftUpTo(), whole.passNodes(), whole.candidates(), whole.floorMilliNats(), share, shares);
            forwarded(prompt, part).forEach(branch -> times.merge(branch, 1, Integer::sum));
        }
        assertThat(times.keySet()).as("together they forward everything").isEqualTo(allowed.keySet());
        times.forEach((branch, count) -> assertThat(count)
                .as("all follow the first choices, one follows each alternative")
                .isEqualTo(path(allowed, branch).firstChoices() ? shares : 1));
    }

    @SeededTest(tries = 300)
    void theLikeliestGoFirst(Random random) {
        Tokens prompt = Tokens.of(1 + random.nextInt(8), 1 + random.nextInt(8));
        DraftPlan plan = new DraftPlan(prompt.size() + 5, 1, CANDIDATES, 1_000_000, 0, 1);
        Map<Long, Path> allowed = allowed(prompt, plan);
        int last = 0;
        for (long branch : order(prompt, plan)) {
            int surprisal = path(allowed, branch).surprisal();
            assertThat(surprisal).isGreaterThanOrEqualTo(last);
            last = surprisal;
        }
    }

    private static Path path(Map<Long, Path> allowed, long branch) {
        return Objects.requireNonNull(allowed.get(branch), "nothing else is forwarded");
    }

    private static DraftPlan plan(Random random, int upTo, int share, int shares) {
        int floor = random.nextBoolean() ? 1_000_000 : random.nextInt(3_000) * 2 + 1;
        return new DraftPlan(upTo, 1 + random.nextInt(6), CANDIDATES, floor, share, shares);
    }

    private static Set<Long> forwarded(Tokens prompt, DraftPlan plan) {
        return new HashSet<>(order(prompt, plan));
    }

    private static List<Long> order(Tokens prompt, DraftPlan plan) {
        Host host = new Host(TEXT, prompt, plan, prompt.size());
        host.runUntilRest();
        List<Long> order = new ArrayList<>();
        host.sent.forEach(frame -> frame.branches().forEach(branch -> order.add(branch.digest())));
        return order;
    }

    /** Every node within credit and floor and not behind an end, found by looking at all. */
    private static Map<Long, Path> allowed(Tokens prompt, DraftPlan plan) {
        Map<Long, Path> found = new HashMap<>();
        collect(new Path(prompt, 0, true), prompt.size(), plan, found);
        return found;
    }

    private static void collect(Path path, int promptTokens, DraftPlan plan, Map<Long, Path> found) {
        boolean ended = path.tokens().size() > promptTokens && path.tokens().last() == DraftText.END;
        if (path.tokens().size() >= plan.draftUpTo() || path.surprisal() > plan.floorMilliNats() || ended) {
            return;
        }
        long branch = Branch.of(path.tokens()).digest();
        found.put(branch, path);
        Outlook outlook = TEXT.outlook(branch, CANDIDATES);
        for (int rank = 0; rank < CANDIDATES; rank++) {
            Path next = new Path(
                    path.tokens().plus(outlook.candidates().get(rank)),
                    path.surprisal() + outlook.surprisalsMilliNats().get(rank),
                    path.firstChoices() && rank == 0);
            collect(next, promptTokens, plan, found);
        }
    }
}
