package io.wanspec.controller;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import java.util.Arrays;

/** The prompt and everything the target has committed, with the name of every prefix behind the prompt. */
final class Committed {
    private final int promptTokens;
    private int[] ids;
    private int size;
    private Branch[] branches;

    Committed(Tokens prompt, int roomFor) {
        promptTokens = prompt.size();
        ids = Arrays.copyOf(prompt.toArray(), promptTokens + roomFor);
        size = promptTokens;
        branches = new Branch[roomFor + 1];
        branches[0] = Branch.of(prompt);
    }

    void append(Tokens tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            int generated = size - promptTokens;
            ids[size++] = tokens.get(i);
            branches[generated + 1] = branches[generated].then(tokens.get(i));
        }
    }

    /** How many tokens there are: the position of the next one. */
    int size() {
        return size;
    }

    int promptTokens() {
        return promptTokens;
    }

    int generatedTokens() {
        return size - promptTokens;
    }

    int token(int position) {
        return ids[position];
    }

    Tokens all() {
        return Tokens.of(Arrays.copyOf(ids, size));
    }

    Tokens generated() {
        return from(promptTokens);
    }

    Tokens from(int position) {
        return Tokens.of(Arrays.copyOfRange(ids, position, size));
    }

    /** Whether {@code branch} is the committed prefix before {@code position}, which lies behind the prompt. */
    boolean isPrefix(int position, Branch branch) {
        return position >= promptTokens && position <= size && branches[position - promptTokens].equals(branch);
    }

    Branch branchBefore(int position) {
        return branches[position - promptTokens];
    }
}
