package io.wanspec.simulator.text;

import io.wanspec.contracts.Tokens;
import io.wanspec.controller.lookup.FreeDrafter;
import io.wanspec.drafting.Outlooks;
import java.util.List;

/**
 * A trace of which the real tokens are known as well, so that prompt lookup drafts what it drafted for real.
 *
 * @param recorded the trace, of one temperature
 * @param requests the tokens of the trace's requests at that temperature, in its order
 */
public record WordedLanguage(TraceLanguage recorded, List<Words> requests) implements Language {
    public WordedLanguage {
        requests = List.copyOf(requests);
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("there must be a request");
        }
    }

    /** The real tokens of a request. */
    public record Words(Tokens prompt, Tokens answer) {}

    @Override
    public Text text(Tokens prompt, long seed) {
        Words words = requests.get((int) Math.floorMod(seed, (long) requests.size()));
        return new WordedText(recorded.text(prompt, seed), words);
    }

    @Override
    public double acceptance() {
        return recorded.acceptance();
    }

    private record WordedText(Text text, Words words) implements Text {
        @Override
        public int target(long branch, int position) {
            return text.target(branch, position);
        }

        @Override
        public void outlook(long branch, int position, int candidates, Outlooks out) {
            text.outlook(branch, position, candidates, out);
        }

        @Override
        public FreeDrafter freeDrafter(double acceptance) {
            return new WordedLookup(text, words);
        }
    }
}
