package io.wanspec.simulator.fault;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.Tokens;
import java.util.List;

/**
 * What target-only decoding gives: what every run must give.
 *
 * @param tokens without the prompt
 * @param text without the stop string that ended it
 * @param stopped whether the sequence or a stop string ended it, not the token limit
 */
record Expected(Tokens tokens, String text, boolean stopped) {
    static Expected of(GenerationRequest request, FaultText model) {
        int[] tokens = new int[request.maxTokens()];
        int size = 0;
        Branch branch = Branch.of(request.prompt());
        StringBuilder text = new StringBuilder();
        while (size < tokens.length) {
            int token = model.target(branch.digest(), request.prompt().size() + size);
            tokens[size++] = token;
            branch = branch.then(token);
            text.append(FaultText.piece(token));
            int end = endOfFirstStop(text, request.stop());
            if (end >= 0) {
                return new Expected(Tokens.of(tokens, size), text.substring(0, end), true);
            }
            if (token == FaultText.END) {
                return new Expected(Tokens.of(tokens, size), text.toString(), true);
            }
        }
        return new Expected(Tokens.of(tokens, size), text.toString(), false);
    }

    /** Where the text has to be cut, or -1: the stop string that is complete first, of those the one that begins first. */
    private static int endOfFirstStop(CharSequence text, List<String> stops) {
        for (int length = 1; length <= text.length(); length++) {
            String shown = text.subSequence(0, length).toString();
            int longest = stops.stream()
                    .filter(shown::endsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (longest > 0) {
                return length - longest;
            }
        }
        return -1;
    }

    /** Text of the first tokens, whatever the stop strings. */
    String rawText(int size) {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < size; i++) {
            raw.append(FaultText.piece(tokens.get(i)));
        }
        return raw.toString();
    }
}
