package io.wanspec.functions.http;

import java.util.List;

/**
 * How many texts a request asks for.
 *
 * @param others prompts behind the first
 * @param each how many texts behind each prompt, at least 1
 * @param made how many are made of which these are the likeliest, at least as many
 * @param echo whether a text begins with its prompt, which is written then
 */
record Choices(List<PromptForm> others, int each, int made, boolean echo) {
    /** As many as half of the sessions that a server takes at once by default. */
    static final int CHOICES_MAX = 32;

    private static final Choices ONE = new Choices(List.of(), 1, 1, false);
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    Choices {
        others = List.copyOf(others);
    }

    static Choices one() {
        return ONE;
    }

    int count() {
        return (others.size() + 1) * made;
    }

    /** Whether some of the texts that are made are left out. */
    boolean areChosen() {
        return made > each;
    }

    /**
     * The seed of one of the texts behind a prompt: the first has the request's own, each of the others the top 53 bits of SplitMix64's output after so
     * many steps from there. So it survives a reader whose integers are doubles.
     */
    static long seed(long seed, int choice) {
        if (choice == 0) {
            return seed;
        }
        long z = seed + choice * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) >>> 11;
    }
}
