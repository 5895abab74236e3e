package io.wanspec.controller;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;

/** A target and its draft as pure functions of the prefix: enough of a language model for the controller's tests. */
final class HashModel {
    static final int END = 0;
    private static final int VOCABULARY = 50;

    private final long seed;
    private final double acceptance;
    private final double endChance;

    HashModel(long seed, double acceptance, double endChance) {
        this.seed = seed;
        this.acceptance = acceptance;
        this.endChance = endChance;
    }

    int target(Branch prefix) {
        return unit(prefix, 1) < endChance ? END : 1 + (int) (unit(prefix, 2) * VOCABULARY);
    }

    int draft(Branch prefix) {
        return unit(prefix, 3) < acceptance ? target(prefix) : 1 + (int) (unit(prefix, 4) * VOCABULARY);
    }

    static String piece(int token) {
        return token == END ? "" : Character.toString('a' + token % 26);
    }

    /** Target-only decoding: what every run must give. */
    Tokens decode(Tokens prompt, int maxTokens) {
        Tokens text = Tokens.none();
        Branch branch = Branch.of(prompt);
        while (text.size() < maxTokens) {
            int token = target(branch);
            text = text.plus(token);
            branch = branch.then(token);
            if (token == END) {
                break;
            }
        }
        return text;
    }

    private double unit(Branch prefix, int salt) {
        long mixed = prefix.then((int) (seed & 0xFFFF)).then(salt).digest();
        return (mixed >>> 11) * 0x1.0p-53;
    }
}
