package io.wanspec.evaluation.demo;

/** What drafts look like. */
public enum Draft {
    CHAIN("chain"),
    TREE("tree");

    private final String word;

    Draft(String word) {
        this.word = word;
    }

    /** As requests and command lines name it. */
    public String word() {
        return word;
    }
}
