package io.wanspec.simulator.text;

import io.wanspec.contracts.Ints;
import io.wanspec.simulator.trace.PassTable;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.trace.TraceHeader;
import io.wanspec.simulator.trace.TraceRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Made-up traces. */
public final class Traces {
    public static final double TARGET_MS = 16;
    public static final double DRAFT_MS = 2;

    private Traces() {}

    /** Requests at temperatures 0 and 0.8 in turn; at 0.8 the first draft token is right less often. */
    public static Trace random(long seed, int requests) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TraceRequest> list = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            list.add(i % 2 == 0 ? request(random, i, 0, 0.7) : request(random, i, 0.8, 0.4));
        }
        return new Trace(header(), list);
    }

    private static TraceHeader header() {
        return TraceHeader.of(
                "target",
                "draft",
                List.of(0.0, 0.8),
                64,
                new PassTable(new TreeMap<>(Map.of(1, TARGET_MS, 4, 19.0, 16, 43.0))),
                new PassTable(new TreeMap<>(Map.of(1, DRAFT_MS, 2, 2.5))));
    }

    private static TraceRequest request(SplittableRandom random, int prompt, double temperature, double acceptance) {
        int tokens = random.nextInt(1, 65);
        int[] ranks = new int[tokens];
        int[] entropies = new int[tokens];
        List<Ints> surprisals = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            ranks[i] = random.nextDouble() < acceptance ? 0 : random.nextInt(1, TraceRequest.BEYOND + 1);
            entropies[i] = random.nextInt(5_000);
            surprisals.add(surprisals(random));
        }
        return new TraceRequest(prompt, temperature, prompt, Ints.of(entropies), Ints.of(ranks), surprisals);
    }

    private static Ints surprisals(SplittableRandom random) {
        int[] values = random.ints(random.nextInt(1, 5), 50, 6_000).toArray();
        Arrays.sort(values);
        return Ints.of(values);
    }
}
