package io.wanspec.controller.interactions;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a frame of draft tokens: {@code behind "... is": blue grey}, each behind the last. Alternatives, likeliest first, are
 * {@code blue|grey}; {@code blue:60%|grey:30%} gives their probabilities. {@code at position 900} names a wrong position.
 */
final class DraftReader {
    private static final double ALONE = 90;
    private static final List<Double> AMONG_OTHERS = List.of(60.0, 25.0, 10.0, 2.0);
    private static final long BUSY_PASS_MICROS = 6_000;
    private static final long REMOTE_PASS_MICROS = 8_000;
    private static final double MILLI = 1e3;

    private final Words words;
    private final HostView host;
    private final List<Integer> positions = new ArrayList<>();
    private final List<Branch> branches = new ArrayList<>();
    private final List<Integer> entropies = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private final List<Integer> candidates = new ArrayList<>();
    private final List<Integer> surprisals = new ArrayList<>();

    DraftReader(Words words, HostView host) {
        this.words = words;
        this.host = host;
    }

    DraftFrame.Drafted read(Phrase phrase, WorkerId worker) {
        int claimed = phrase.reads("at position") ? phrase.integer() : -1;
        phrase.expect("behind");
        Tokens prefix = words.prefix(phrase);
        phrase.expect(":");
        int known = Math.min(host.told(worker), prefix.size());
        while (!phrase.isAtEnd()) {
            positions.add(claimed < 0 ? prefix.size() : claimed + branches.size());
            branches.add(Branch.of(prefix));
            prefix = prefix.plus(readCandidates(phrase));
        }
        long micros = host.isBusy(worker) ? BUSY_PASS_MICROS : REMOTE_PASS_MICROS;
        return new DraftFrame.Drafted(
                ints(positions),
                branches,
                ints(entropies),
                ints(counts),
                Tokens.of(ints(candidates).toArray()),
                ints(surprisals),
                known,
                branches.size(),
                micros * branches.size());
    }

    /** @return the first choice */
    private int readCandidates(Phrase phrase) {
        List<Integer> tokens = new ArrayList<>();
        List<Double> percents = new ArrayList<>();
        do {
            tokens.add(words.token(phrase.word()));
            percents.add(phrase.reads(":") ? percent(phrase) : Double.NaN);
        } while (phrase.reads("|"));
        double nats = 0;
        for (int rank = 0; rank < tokens.size(); rank++) {
            double usual = tokens.size() == 1 ? ALONE : AMONG_OTHERS.get(rank);
            double share = (percents.get(rank).isNaN() ? usual : percents.get(rank)) / 100;
            surprisals.add((int) Math.round(-Math.log(share) * MILLI));
            nats -= share * Math.log(share);
        }
        candidates.addAll(tokens);
        counts.add(tokens.size());
        entropies.add((int) Math.round(nats * MILLI));
        return tokens.getFirst();
    }

    private static double percent(Phrase phrase) {
        double percent = phrase.number();
        phrase.expect("%");
        return percent;
    }

    private static Ints ints(List<Integer> values) {
        return Ints.of(values.stream().mapToInt(Integer::intValue).toArray());
    }
}
