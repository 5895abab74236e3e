package io.wanspec.evaluation.demo;

/** How a request is served; the text is the same in all modes. */
public enum Mode {
    /** Drafts from the draft region, with judicious redundancy in the busy one. */
    WANSPEC("wanspec", "WANSpec"),
    /** B1: the busy region drafts and verifies in turn. */
    COLOCATED("colocated", "B1 co-located"),
    /** B0: no drafts at all. */
    TARGET_ONLY("target-only", "B0 target only");

    private final String word;
    private final String title;

    Mode(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** As requests name it. */
    public String word() {
        return word;
    }

    /** As tables name it. */
    public String title() {
        return title;
    }
}
