package io.wanspec.functions.http;

import java.util.List;

/** Reads how many texts a request asks for. */
final class ChoicesReader {
    private ChoicesReader() {}

    /** @param prompts at least one */
    static Choices read(Api api, Fields fields, List<PromptForm> prompts) {
        int each = fields.integer("n", 1, Choices.CHOICES_MAX).orElse(1);
        boolean echo = api == Api.TEXT && fields.bool("echo");
        if (echo && prompts.stream().anyMatch(prompt -> prompt instanceof PromptForm.Given)) {
            throw ApiException.unsupported(
                    "echo", "'echo' is served where the prompt is text. Leave it out, or send text.");
        }
        requireBest(api, fields, each);
        var choices = new Choices(prompts.subList(1, prompts.size()), each, echo);
        if (choices.count() > Choices.CHOICES_MAX) {
            throw ApiException.invalid(
                    "n",
                    "The request asks for " + choices.count() + " texts, " + each + " behind each of " + prompts.size()
                            + " prompts; at most " + Choices.CHOICES_MAX + " are served. Send several requests.");
        }
        return choices;
    }

    private static void requireBest(Api api, Fields fields, int each) {
        if (api != Api.TEXT) {
            return;
        }
        int best = fields.integer("best_of", 1, Choices.CHOICES_MAX).orElse(each);
        if (best != each) {
            throw ApiException.unsupported(
                    "best_of",
                    "'best_of' is served where it is 'n', here " + each + ": no text is made to be left out.");
        }
    }
}
