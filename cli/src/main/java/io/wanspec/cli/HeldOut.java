package io.wanspec.cli;

import io.wanspec.endpoints.eval.Prompt;
import io.wanspec.endpoints.eval.PromptFile;
import java.util.List;
import java.util.stream.IntStream;

/** The held-out prompts that are no dialogues. */
final class HeldOut {
    private HeldOut() {}

    /** So many of them, evenly spread; always the same. */
    static List<String> questions(int some) {
        List<String> all = questions();
        return IntStream.range(0, some)
                .mapToObj(i -> all.get(i * all.size() / some))
                .toList();
    }

    /** All. */
    static List<String> questions() {
        return PromptFile.heldOut().stream()
                .map(Prompt::messages)
                .filter(messages -> messages.size() == 1)
                .map(messages -> messages.getFirst().content())
                .toList();
    }
}
