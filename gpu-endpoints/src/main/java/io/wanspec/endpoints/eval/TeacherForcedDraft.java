package io.wanspec.endpoints.eval;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.sampling.Candidates;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.copy.CopyMixer;
import io.wanspec.endpoints.model.copy.CopyText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A draft that is run along a text that its target wrote (teacher forcing): what it predicts at each token, given those before.
 * One pass over many tokens gives the same bits as many passes over one, so these are the very predictions that a draft worker
 * would have sent.
 */
final class TeacherForcedDraft {
    /** Logits of these rows together are about 6 MB for 49,152 tokens. */
    private static final int ROWS = 32;

    private static final int SURPRISALS = 4;
    private static final float MILLI = 1_000;

    private final LanguageModel draft;
    private final CoupledSampler sampler = new CoupledSampler();
    private final CopyMixer mixer;

    TeacherForcedDraft(LanguageModel draft) {
        this.draft = draft;
        mixer = new CopyMixer(draft.copies(), draft.proposals());
    }

    /** For each token of a text: what was predicted; see {@link EvalLine.Observed}. */
    record Predictions(Ints entropies, Ints ranks, List<Ints> surprisals) {
        Predictions {
            surprisals = List.copyOf(surprisals);
        }
    }

    /** @param prompt at least one token */
    Predictions along(Tokens prompt, Tokens text, SamplingOptions options) {
        Notes notes = new Notes(text.size());
        Tokens all = prompt.plus(text);
        CopyText read = new CopyText();
        read.append(prompt);
        try (Sequence sequence = draft.open()) {
            int at = prompt.size() - 1;
            if (at > 0) {
                sequence.append(prompt.slice(0, at), 0);
            }
            while (at < all.size() - 1) {
                int rows = Math.min(ROWS, all.size() - 1 - at);
                Pass pass = sequence.append(all.slice(at, at + rows), rows);
                for (int row = 0; row < rows; row++) {
                    int position = at + row + 1;
                    CopyMixer.Row mixed = mixer.mix(pass, row, read.next());
                    notes.add(
                            mixed.candidates(sampler, options, position, Limits.CANDIDATES_MAX),
                            all.get(position),
                            mixed.entropy());
                    read.append(all.get(position));
                }
                at += rows;
            }
        }
        return notes.predictions();
    }

    /** Grows by one entry a token. */
    private static final class Notes {
        private final int[] entropies;
        private final int[] ranks;
        private final List<Ints> surprisals = new ArrayList<>();

        Notes(int size) {
            entropies = new int[size];
            ranks = new int[size];
        }

        void add(Candidates candidates, int token, float entropy) {
            int at = surprisals.size();
            entropies[at] = Math.round(entropy * MILLI);
            ranks[at] = candidates.rankOf(token);
            int[] all = candidates.surprisalsMilliNats().toArray();
            surprisals.add(Ints.of(Arrays.copyOf(all, Math.min(all.length, SURPRISALS))));
        }

        Predictions predictions() {
            return new Predictions(Ints.of(entropies), Ints.of(ranks), surprisals);
        }
    }
}
