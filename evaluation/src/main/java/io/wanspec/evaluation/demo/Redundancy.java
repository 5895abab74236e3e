package io.wanspec.evaluation.demo;

/** When the busy region drafts what a remote worker drafts too. */
public enum Redundancy {
    NEVER("never"),
    ALWAYS("always"),
    ENTROPY("entropy"),
    VALUE("value");

    private final String word;

    Redundancy(String word) {
        this.word = word;
    }

    /** As requests and command lines name it. */
    public String word() {
        return word;
    }
}
