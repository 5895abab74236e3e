package io.wanspec.infra.settings;

/** What a deployment is for: it settles what the file does not say. */
public enum Profile implements Word {
    /** Small, cheap, gone without a trace when taken down. */
    DEV("dev"),
    /** What holds data stays when its stack goes; logs and backups last. */
    PROD("prod");

    private final String word;

    Profile(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    public boolean keepsData() {
        return this == PROD;
    }

    /** Days. */
    public int logRetention() {
        return this == PROD ? 90 : 7;
    }
}
