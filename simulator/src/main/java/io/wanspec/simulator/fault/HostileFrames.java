package io.wanspec.simulator.fault;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a hostile worker makes of an honest frame: everything that the codec lets through. */
final class HostileFrames {
    private static final int TOKEN_MAX = 60;
    private static final long HOUR_MICROS = 3_600_000_000L;

    private final Chances random;

    HostileFrames(Chances random) {
        this.random = random;
    }

    DraftFrame.Drafted of(DraftFrame.Drafted honest) {
        return switch (random.between(0, 6)) {
            case 0 -> elsewhere(honest, random.between(-200, 400), new Branch(random.anyLong()));
            case 1 -> elsewhere(honest, random.between(-3, 3), honest.branches().get(0));
            case 2 ->
                elsewhere(
                        honest, Limits.WINDOW_TOKENS_MAX + 1, honest.branches().get(0));
            case 3 -> wrongTokens(honest);
            case 4 -> wrongFigures(honest);
            case 5 -> flood(honest);
            default -> honest;
        };
    }

    private DraftFrame.Drafted elsewhere(DraftFrame.Drafted honest, int shift, Branch branch) {
        int position = Math.clamp((long) honest.positions().get(0) + shift, 1, Limits.SEQUENCE_TOKENS_MAX);
        int count = random.between(1, Limits.CANDIDATES_MAX);
        return new DraftFrame.Drafted(
                Ints.of(position),
                List.of(branch),
                Ints.of(Integer.MIN_VALUE),
                Ints.of(count),
                Tokens.of(random.ints(count, 0, TOKEN_MAX)),
                Ints.of(random.ints(count, 0, 5_000)),
                anyCommitted(),
                1,
                random.between(0, 1_000_000));
    }

    /** Sure of itself, and of any token, repeated ones included. */
    private DraftFrame.Drafted wrongTokens(DraftFrame.Drafted honest) {
        int size = honest.candidates().size();
        return new DraftFrame.Drafted(
                honest.positions(),
                honest.branches(),
                honest.entropiesMilliNats(),
                honest.counts(),
                Tokens.of(random.ints(size, 0, TOKEN_MAX)),
                Ints.of(new int[size]),
                honest.committed(),
                honest.passes(),
                honest.passMicros());
    }

    private DraftFrame.Drafted wrongFigures(DraftFrame.Drafted honest) {
        int[] surprisals = new int[honest.candidates().size()];
        Arrays.fill(surprisals, random.oneIn(2) ? Integer.MAX_VALUE : 0);
        int[] entropies = new int[honest.size()];
        Arrays.fill(entropies, random.oneIn(2) ? Integer.MAX_VALUE : -1);
        return new DraftFrame.Drafted(
                honest.positions(),
                honest.branches(),
                Ints.of(entropies),
                honest.counts(),
                honest.candidates(),
                Ints.of(surprisals),
                anyCommitted(),
                random.oneIn(2) ? 10_000 : random.between(0, 1),
                random.oneIn(2) ? HOUR_MICROS : 0);
    }

    /** As many prefixes and candidates as fit, all of them invented behind an honest one. */
    private DraftFrame.Drafted flood(DraftFrame.Drafted honest) {
        int prefixes = Limits.DRAFTED_PREFIXES_MAX;
        int perPrefix = Limits.CANDIDATES_MAX;
        int[] positions = new int[prefixes];
        int[] counts = new int[prefixes];
        int[] tokens = random.ints(prefixes * perPrefix, 0, TOKEN_MAX);
        List<Branch> branches = new ArrayList<>();
        positions[0] = honest.positions().get(0);
        branches.add(honest.branches().get(0));
        for (int i = 1; i < prefixes; i++) {
            int parent = (i - 1) / perPrefix;
            positions[i] = positions[parent] + 1;
            branches.add(branches.get(parent).then(tokens[i - 1]));
        }
        Arrays.fill(counts, perPrefix);
        return new DraftFrame.Drafted(
                Ints.of(positions),
                branches,
                Ints.of(new int[prefixes]),
                Ints.of(counts),
                Tokens.of(tokens),
                Ints.of(new int[tokens.length]),
                anyCommitted(),
                1,
                1);
    }

    private int anyCommitted() {
        return random.oneIn(2) ? Limits.SEQUENCE_TOKENS_MAX : random.between(1, 100);
    }
}
