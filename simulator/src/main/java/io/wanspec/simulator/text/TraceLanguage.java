package io.wanspec.simulator.text;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import io.wanspec.drafting.Outlooks;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.trace.TraceRequest;
import java.util.Arrays;
import java.util.List;

/**
 * What a target and its draft did for real at one temperature, position by position, in flat arrays. Requests lie one behind
 * the other in a circle, so that a text that is longer than what was recorded goes on with the next request's.
 */
public final class TraceLanguage implements Language {
    private final int[] requestStarts;
    private final int[] entropies;
    private final byte[] ranks;
    private final int[] surprisalStarts;
    private final int[] surprisals;
    private final double acceptance;

    /**
     * @param temperature of the requests that count
     * @throws IllegalArgumentException if the trace has none of that temperature
     */
    public TraceLanguage(Trace trace, double temperature) {
        List<TraceRequest> requests = trace.requests().stream()
                .filter(request -> request.temperature() == temperature)
                .toList();
        if (requests.isEmpty()) {
            throw new IllegalArgumentException(
                    "temperature must be one of " + temperatures(trace) + ", was " + temperature);
        }
        int size = requests.stream().mapToInt(TraceRequest::tokens).sum();
        requestStarts = new int[requests.size()];
        entropies = new int[size];
        ranks = new byte[size];
        surprisalStarts = new int[size + 1];
        surprisals = requests.stream()
                .flatMap(request -> request.surprisals().stream())
                .map(Ints::toArray)
                .flatMapToInt(Arrays::stream)
                .toArray();
        acceptance = (double) fill(requests) / size;
    }

    /** The temperatures that the trace has requests of, rising. */
    public static List<Double> temperatures(Trace trace) {
        return trace.requests().stream()
                .map(TraceRequest::temperature)
                .distinct()
                .sorted()
                .toList();
    }

    /** @return how many draft tokens were right */
    private int fill(List<TraceRequest> requests) {
        int at = 0;
        int right = 0;
        for (int r = 0; r < requests.size(); r++) {
            TraceRequest request = requests.get(r);
            requestStarts[r] = at;
            for (int i = 0; i < request.tokens(); i++, at++) {
                entropies[at] = request.entropies().get(i);
                ranks[at] = (byte) request.ranks().get(i);
                surprisalStarts[at + 1] =
                        surprisalStarts[at] + request.surprisals().get(i).size();
                right += ranks[at] == 0 ? 1 : 0;
            }
        }
        return right;
    }

    /** The replay of the seed-th request, counted in a circle. */
    @Override
    public Text text(Tokens prompt, long seed) {
        return new TraceText(this, prompt, seed);
    }

    /** Share of all positions at which the draft's first choice was the target's token. */
    @Override
    public double acceptance() {
        return acceptance;
    }

    int positions() {
        return ranks.length;
    }

    /** Where the seed-th request begins. */
    int start(long seed) {
        return requestStarts[(int) Math.floorMod(seed, (long) requestStarts.length)];
    }

    /** Where the target's token stood among the draft's candidates; {@link TraceRequest#BEYOND} = not there. */
    int rank(int position) {
        return ranks[position];
    }

    /**
     * Appends what the draft expected.
     *
     * @param candidates most to name; as many were recorded as were
     * @param firstToken the best candidate's token; the others' follow
     */
    void outlook(int position, int candidates, int firstToken, Outlooks out) {
        out.begin(entropies[position]);
        int from = surprisalStarts[position];
        int count = Math.min(candidates, surprisalStarts[position + 1] - from);
        for (int rank = 0; rank < count; rank++) {
            out.candidate(firstToken + rank, surprisals[from + rank]);
        }
    }
}
