package io.wanspec.cli;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was meant by a word that no command knows. */
final class Suggestion {
    /** Letters that may be wrong, missing or too many, one for so many letters of the word. */
    private static final int LETTERS_PER_SLIP = 3;

    private Suggestion() {}

    /** A half sentence to go on with, empty if nothing is near. */
    static String of(ParameterException refused) {
        if (!(refused instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        String word = unmatched.getUnmatched().getFirst().replaceAll("=.*", "");
        return nearest(word, words(unmatched.getCommandLine().getCommandSpec(), word))
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("");
    }

    private static Stream<String> words(CommandSpec command, String word) {
        return word.startsWith("-") ? command.optionsMap().keySet().stream() : command.subcommands().keySet().stream();
    }

    private static Optional<String> nearest(String word, Stream<String> known) {
        int most = Math.max(1, word.length() / LETTERS_PER_SLIP);
        return known.filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's, where two letters that changed places are one slip. */
    private static int distance(String from, String to) {
        int[][] slips = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : slips(slips, from, to, i, j);
            }
        }
        return slips[from.length()][to.length()];
    }

    private static int slips(int[][] slips, String from, String to, int i, int j) {
        int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(slips[i - 1][j - 1] + same, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
    }
}
