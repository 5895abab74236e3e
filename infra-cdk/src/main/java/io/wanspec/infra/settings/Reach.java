package io.wanspec.infra.settings;

/** How functions reach model endpoints, the table and the queues. */
public enum Reach implements Word {
    /** Over AWS's public addresses, encrypted and signed. No network of one's own, which costs nothing. */
    PUBLIC("public"),
    /**
     * From a network of their own: the target's region by private links, other regions and on-site workers through one NAT
     * gateway a zone, since a private link to SageMaker's runtime ends in its own region.
     */
    PRIVATE("private");

    private final String word;

    Reach(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
