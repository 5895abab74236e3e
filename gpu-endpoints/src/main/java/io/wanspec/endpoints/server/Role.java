package io.wanspec.endpoints.server;

/** What a server does on its duplex streams. */
public enum Role {
    TARGET("target"),
    DRAFT("draft");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** As in arguments, replies and logs. */
    public String label() {
        return label;
    }
}
