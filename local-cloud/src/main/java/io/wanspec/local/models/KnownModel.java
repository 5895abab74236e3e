package io.wanspec.local.models;

/**
 * A model that the store knows by name.
 *
 * @param name on the command line, and of its folder
 * @param role what it serves as by default
 * @param licence as an SPDX identifier
 */
public record KnownModel(String name, Role role, String licence, Origin origin) {
    /** What a model is for. */
    public enum Role {
        TARGET,
        DRAFT;

        /** As written on command lines. */
        public String word() {
            return this == TARGET ? "target" : "draft";
        }
    }
}
