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
 * @param stops the request's stop strings
 */
record Expected(Tokens tokens, String text, boolean stopped, List<String> stops) {
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
                return new Expected(Tokens.of(tokens, size), text.substring(0, end), true, request.stop());
            }
            if (token == FaultText.END) {
                return new Expected(Tokens.of(tokens, size), text.toString(), true, request.stop());
            }
        }
        return new Expected(Tokens.of(tokens, size), text.toString(), false, request.stop());
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

    /** What is shown of the first tokens: not what may begin a stop string, before the last one. */
    String shownText(int size) {
        if (size == tokens.size()) {
            return text;
        }
        String raw = rawText(size);
        int shown = raw.length();
        for (int from = raw.length() - 1; from >= 0; from--) {
            String end = raw.substring(from);
            if (stops.stream().anyMatch(stop -> stop.startsWith(end))) {
                shown = from;
            }
        }
        return raw.substring(0, shown);
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
