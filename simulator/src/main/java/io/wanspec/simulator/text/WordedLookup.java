package io.wanspec.simulator.text;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.lookup.FreeDrafter;
import io.wanspec.controller.lookup.PromptLookup;
import java.util.Arrays;

/**
 * The real prompt lookup on a request's real tokens; what it drafts is given in the simulated text's. Behind what is wrong it
 * drafts nothing, since nobody knows what the real ones were.
 */
final class WordedLookup implements FreeDrafter {
    /** No text has it. */
    private static final int WRONG = Integer.MAX_VALUE - 1;

    private final Text text;
    private final WordedLanguage.Words words;
    private final PromptLookup lookup = new PromptLookup();
    private long branch = Branch.ROOT.digest();
    private int promptSize = -1;
    private int written;

    WordedLookup(Text text, WordedLanguage.Words words) {
        this.text = text;
        this.words = words;
    }

    @Override
    public void onCommitted(Tokens tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            branch = Branch.then(branch, tokens.get(i));
        }
        if (promptSize < 0) {
            promptSize = tokens.size();
            lookup.onCommitted(words.prompt());
            return;
        }
        int answered = words.answer().size();
        lookup.onCommitted(
                words.answer().slice(Math.min(written, answered), Math.min(written + tokens.size(), answered)));
        written += tokens.size();
    }

    @Override
    public Tokens continuation(Tokens path, int most) {
        long at = branch;
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i) != text.target(at, promptSize + written + i)) {
                return Tokens.none();
            }
            at = Branch.then(at, path.get(i));
        }
        int from = written + path.size();
        if (from > words.answer().size()) {
            return Tokens.none();
        }
        return translated(lookup.continuation(words.answer().slice(written, from), most), at, from);
    }

    /** Right draft tokens as the simulated text's own tokens, from the first wrong one on as none of them. */
    private Tokens translated(Tokens drafts, long behind, int from) {
        int[] tokens = new int[drafts.size()];
        Arrays.fill(tokens, WRONG);
        long at = behind;
        for (int i = 0; i < tokens.length && isRight(drafts.get(i), from + i); i++) {
            tokens[i] = text.target(at, promptSize + from + i);
            at = Branch.then(at, tokens[i]);
        }
        return Tokens.of(tokens);
    }

    private boolean isRight(int draft, int at) {
        return at < words.answer().size() && draft == words.answer().get(at);
    }
}
