package io.wanspec.evaluation.loadbench;

import io.wanspec.contracts.ledger.Ledger;
import java.util.List;
import java.util.Optional;

/**
 * What an idle server answered. The same prompt and seed have one text, whatever the mode and the load: an answer that is no
 * beginning of what is known is another text.
 */
final class KnownTexts {
    private final List<Ledger> known;

    /** @param known by question, each as long as any answer to it will be */
    KnownTexts(List<Ledger> known) {
        this.known = List.copyOf(known);
    }

    /** Tokens of so many characters of a text. */
    double tokens(int question, int characters) {
        Ledger whole = known.get(question);
        return whole.text().isEmpty()
                ? 0
                : (double) whole.tokens() * characters / whole.text().length();
    }

    /** Characters of a whole answer. */
    int characters(int question) {
        return known.get(question).text().length();
    }

    /** Where this text is another one, in one sentence; empty if it is not. */
    Optional<String> difference(Answered answered) {
        Ledger expected = known.get(answered.question().number());
        return switch (answered.end()) {
            case Answered.End.Whole(Ledger got, String text) ->
                whole(expected, got, answered.question().request().maxTokens())
                        .or(() -> text.equals(got.text()) ? Optional.empty() : Optional.of("not what its ledger says"))
                        .map(how -> sentence(answered, how));
            case Answered.End.Left(String text) ->
                expected.text().startsWith(text)
                        ? Optional.empty()
                        : Optional.of(sentence(answered, "no beginning of the one of an idle server"));
            case Answered.End.NotLetIn _, Answered.End.TooLate _, Answered.End.Failed _ -> Optional.empty();
        };
    }

    private static Optional<String> whole(Ledger expected, Ledger got, int maxTokens) {
        int wanted = Math.min(maxTokens, expected.tokens());
        int common = got.tokenIds().commonPrefix(expected.tokenIds());
        if (got.tokens() != wanted || common != wanted) {
            return Optional.of("another one than an idle server's at token " + common + " of " + wanted);
        }
        return wanted < expected.tokens() || got.text().equals(expected.text())
                ? Optional.empty()
                : Optional.of("another one than an idle server's, for the same tokens");
    }

    private static String sentence(Answered answered, String how) {
        return "prompt " + (answered.question().number() + 1) + ", "
                + answered.question().request().mode().word() + ": the text is " + how;
    }
}
