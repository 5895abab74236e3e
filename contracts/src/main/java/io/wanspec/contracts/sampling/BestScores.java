package io.wanspec.contracts.sampling;

/** The best few of many scored tokens, best first; of equal scores, the lowest token's comes first. */
final class BestScores {
    private final double[] scores;
    private final int[] tokens;
    private int size;

    /** @param count how many are kept */
    BestScores(int count) {
        scores = new double[count];
        tokens = new int[count];
    }

    /** What a newcomer must reach: less than it is of no interest. */
    double least() {
        return size < scores.length ? Double.NEGATIVE_INFINITY : scores[size - 1];
    }

    /** @param score not NaN */
    void offer(double score, int token) {
        if (size == scores.length) {
            if (!isBefore(score, token, size - 1)) {
                return;
            }
            size--;
        }
        int at = size++;
        while (at > 0 && isBefore(score, token, at - 1)) {
            scores[at] = scores[at - 1];
            tokens[at] = tokens[at - 1];
            at--;
        }
        scores[at] = score;
        tokens[at] = token;
    }

    private boolean isBefore(double score, int token, int index) {
        return score > scores[index] || (score == scores[index] && token < tokens[index]);
    }

    int size() {
        return size;
    }

    double score(int index) {
        return scores[index];
    }

    int token(int index) {
        return tokens[index];
    }
}
