package io.wanspec.controller;

import io.wanspec.controller.estimate.LoadSeen;
import java.util.EnumMap;
import java.util.Map;

/**
 * What earlier requests have taught, each kind of request by itself: drafts of greedy text are right more often than those of text
 * that is drawn, and what the one teaches of price and rest is wrong for the other. The load is of the moment, and common to all.
 *
 * @param own of the kinds that have lessons of their own, without a load
 * @param load how loaded the last request found the target
 */
public record LearnedByKind(Map<RequestKind, LearnedEstimates> own, LoadSeen load) {
    private static final LearnedByKind NONE = new LearnedByKind(Map.of(), LoadSeen.nothing());

    public LearnedByKind {
        if (own.values().stream().anyMatch(each -> each.requests() <= 0)) {
            throw new IllegalArgumentException("a kind without requests has no lessons");
        }
        own = Map.copyOf(own);
    }

    public static LearnedByKind none() {
        return NONE;
    }

    /** Where a request of this kind begins: with its kind's own lessons, or with those of the kind that is most like it. */
    public LearnedEstimates of(RequestKind kind) {
        LearnedEstimates mine = own.get(kind);
        return (mine == null ? borrowed(kind) : mine).with(load);
    }

    private LearnedEstimates borrowed(RequestKind kind) {
        return kind.others().stream()
                .filter(own::containsKey)
                .findFirst()
                .map(other -> ownOf(other).asBeginning())
                .orElseGet(LearnedEstimates::none);
    }

    /** What this kind has taught, without a load: nothing where it has not taught anything. */
    public LearnedEstimates ownOf(RequestKind kind) {
        return own.getOrDefault(kind, LearnedEstimates.none());
    }

    /** The same with what a kind has learned; its load is the one that was seen last. */
    public LearnedByKind with(RequestKind kind, LearnedEstimates learned) {
        Map<RequestKind, LearnedEstimates> more = new EnumMap<>(RequestKind.class);
        more.putAll(own);
        // Who learned nothing, and stands on what it has borrowed, has no lessons of its own.
        if (learned.requests() > 0) {
            more.put(kind, learned.with(LoadSeen.nothing()));
        }
        return new LearnedByKind(more, learned.load());
    }

    public LearnedByKind with(LoadSeen other) {
        return new LearnedByKind(own, other);
    }

    /** Probability that a draft token is accepted, whatever its request's kind: by how many requests each kind had. */
    public double acceptance() {
        double requests =
                own.values().stream().mapToInt(LearnedEstimates::requests).sum();
        return own.isEmpty()
                ? LearnedEstimates.none().acceptance()
                : own.values().stream()
                                .mapToDouble(each -> each.acceptance() * each.requests())
                                .sum()
                        / requests;
    }
}
