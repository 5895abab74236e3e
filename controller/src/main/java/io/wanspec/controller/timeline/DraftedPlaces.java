package io.wanspec.controller.timeline;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.timeline.TokenSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who has drafted what behind which prefix, as far as that is not committed yet. Prefixes are told apart by their content, so that it
 * is all the same how a draft came to be verified.
 */
final class DraftedPlaces {
    /** Of a worker; of more its first ones are forgotten. One that invents places pushes out its own alone. */
    private static final int PLACES_MAX = 2_048;

    /** Of a worker behind one prefix: as many as it has candidates there, were each told alone. What comes later is forgotten. */
    static final int TOLD_MAX = Limits.CANDIDATES_MAX;

    private static final double MILLI = 1e3;

    private final Map<WorkerId, Places> byWorker = new HashMap<>();
    private long order;

    /**
     * What a worker expects behind one prefix.
     *
     * @param order in which they came
     * @param at when it came, in milliseconds
     */
    record Place(
            String worker,
            TokenSource source,
            int position,
            double entropy,
            Tokens candidates,
            Ints surprisalsMilliNats,
            long order,
            double at) {
        /** Of a token among the candidates, from 1; 0 if it is none of them. */
        int rank(int token) {
            for (int i = 0; i < candidates.size(); i++) {
                if (candidates.get(i) == token) {
                    return i + 1;
                }
            }
            return 0;
        }

        double surprisal(int rank) {
            return surprisalsMilliNats.get(rank - 1) / MILLI;
        }
    }

    private static final class Places extends LinkedHashMap<Branch, List<Place>> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Branch, List<Place>> eldest) {
            return size() > PLACES_MAX;
        }
    }

    void take(WorkerId worker, TokenSource source, DraftFrame.Drafted frame, double at) {
        Places places = byWorker.computeIfAbsent(worker, _ -> new Places());
        int first = 0;
        for (int i = 0; i < frame.size(); i++) {
            int end = first + frame.counts().get(i);
            int[] surprisals = new int[end - first];
            for (int j = first; j < end; j++) {
                surprisals[j - first] = frame.surprisalsMilliNats().get(j);
            }
            var place = new Place(
                    worker.value(),
                    source,
                    frame.positions().get(i),
                    frame.entropiesMilliNats().get(i) / MILLI,
                    frame.candidates().slice(first, end),
                    Ints.of(surprisals),
                    order++,
                    at);
            add(places.computeIfAbsent(frame.branches().get(i), _ -> new ArrayList<>(1)), place);
            first = end;
        }
    }

    /** What says nothing new, as a frame that comes twice, is not kept. */
    private static void add(List<Place> known, Place more) {
        if (known.size() >= TOLD_MAX) {
            return;
        }
        for (int i = 0; i < more.candidates().size(); i++) {
            int token = more.candidates().get(i);
            if (known.stream().noneMatch(place -> place.rank(token) > 0)) {
                known.add(more);
                return;
            }
        }
    }

    /** Who was the first to draft this token behind this prefix; null if nobody has. */
    @Nullable
    Place first(Branch before, int token) {
        return first(before, place -> place.rank(token) > 0);
    }

    /** Who was the first to draft anything behind this prefix; null if nobody has. */
    @Nullable
    Place first(Branch before) {
        return first(before, _ -> true);
    }

    private @Nullable Place first(Branch before, Predicate<Place> wanted) {
        return byWorker.values().stream()
                .flatMap(places -> places.getOrDefault(before, List.of()).stream())
                .filter(wanted)
                .min(Comparator.comparingLong(Place::order))
                .orElse(null);
    }

    /** Nothing is asked any more of what lies before this position. */
    void committedUpTo(int position) {
        byWorker.values()
                .forEach(places -> places.values()
                        .removeIf(known -> known.isEmpty() || known.getFirst().position() < position));
    }
}
