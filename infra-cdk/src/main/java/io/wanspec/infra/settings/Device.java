package io.wanspec.infra.settings;

/** Where a model's passes run. */
public enum Device implements Word {
    CPU("cpu"),
    GPU("gpu");

    private final String word;

    Device(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
