package io.wanspec.infra.settings;

/** Which of the draft regions in the file are deployed. */
public enum DraftRegions implements Word {
    /** Those that may see prompts. */
    ALL("all"),
    /** Of these the one that the advisor finds best, if it finds any worth it. */
    AUTO("auto");

    private final String word;

    DraftRegions(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
