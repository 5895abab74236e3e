package io.wanspec.infra.settings;

/** Whose prompts a site may see. */
public enum SitePrompts implements Word {
    /** Those of keys that name it. */
    NAMED("named"),
    /** And those of keys that name no regions at all. */
    ANY("any");

    private final String word;

    SitePrompts(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
