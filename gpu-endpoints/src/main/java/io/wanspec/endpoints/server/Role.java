package io.wanspec.endpoints.server;

import io.wanspec.contracts.invoke.EndpointRole;

/** What a server does on its duplex streams. */
public enum Role {
    TARGET("target"),
    DRAFT("draft");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** As a description says it. */
    EndpointRole described() {
        return switch (this) {
            case TARGET -> EndpointRole.TARGET;
            case DRAFT -> EndpointRole.DRAFT;
        };
    }

    /** As in arguments, replies and logs. */
    public String label() {
        return label;
    }
}
