package io.wanspec.contracts.request;

/** Names of the fields of a request's {@code wanspec} object: who writes a request and who reads it share them. */
public final class SpeculationFields {
    /** The object itself, in a request and in its answer. */
    public static final String OBJECT = "wanspec";

    public static final String MODE = "mode";
    public static final String GOAL = "goal";
    public static final String REDUNDANCY = "redundancy";
    public static final String ENTROPY_THRESHOLD = "entropy_threshold";
    public static final String PRICE = "price";
    public static final String DRAFT = "draft";
    public static final String RUN_LENGTH = "run_length";
    public static final String WINDOW = "window";
    public static final String PASS_NODES = "pass_nodes";
    public static final String CANDIDATES = "candidates";

    /** Whether the ledger shows text and token ids. */
    public static final String INCLUDE_TOKEN_IDS = "include_token_ids";

    /** What of the session's timeline is wanted. */
    public static final String TIMELINE = "timeline";

    private SpeculationFields() {}
}
