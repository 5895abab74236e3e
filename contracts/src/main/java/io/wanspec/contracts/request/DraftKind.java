package io.wanspec.contracts.request;

/** What drafts look like. */
public enum DraftKind implements Choice {
    /** One draft token behind the other. */
    CHAIN,
    /** With alternatives where the draft model is unsure. */
    TREE
}
