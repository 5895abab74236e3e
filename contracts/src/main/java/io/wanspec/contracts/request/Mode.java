package io.wanspec.contracts.request;

/** How a request is decoded. The text is the same in all modes. */
public enum Mode implements Choice {
    /** Speculation with drafts from remote workers, and redundancy in the busy region where that pays. */
    WANSPEC("WANSpec"),
    /** Baseline B1: the busy region drafts and verifies in turn. */
    COLOCATED("B1 co-located"),
    /** Baseline B0: a plain loop at the target endpoint, without drafts. */
    TARGET_ONLY("B0 target only");

    private final String title;

    Mode(String title) {
        this.title = title;
    }

    /** As tables name it. */
    public String title() {
        return title;
    }
}
