package io.wanspec.functions.http;

import java.util.List;

/** Reads how many texts a request asks for. */
final class ChoicesReader {
    private ChoicesReader() {}

    /** @param prompts at least one */
    static Choices read(Api api, Fields fields, List<PromptForm> prompts, boolean stream) {
        int each = fields.integer("n", 1, Choices.CHOICES_MAX).orElse(1);
        int made = api == Api.TEXT ? made(fields, each, stream) : each;
        var choices =
                new Choices(prompts.subList(1, prompts.size()), each, made, api == Api.TEXT && fields.bool("echo"));
        if (choices.count() > Choices.CHOICES_MAX) {
            throw ApiException.invalid(
                    made > each ? "best_of" : "n",
                    "The request asks for " + choices.count() + " texts, " + made + " behind each of " + prompts.size()
                            + " prompts; at most " + Choices.CHOICES_MAX + " are served. Send several requests.");
        }
        return choices;
    }

    private static int made(Fields fields, int each, boolean stream) {
        int made = fields.integer("best_of", 1, Choices.CHOICES_MAX).orElse(each);
        if (made < each) {
            throw ApiException.invalid(
                    "best_of", "'best_of' must be at least 'n', here " + each + ": the best are chosen among so many.");
        }
        if (made > each && stream) {
            throw ApiException.invalid(
                    "best_of",
                    "'best_of' above 'n' is served where 'stream' is false: which texts are best is known when all have ended.");
        }
        return made;
    }
}
