package io.wanspec.contracts;

/**
 * Bounds that both sides share. A value outside them is refused where it enters the system, unless it says otherwise.
 * Bounds of one side are constants beside their use.
 */
public final class Limits {
    /** Largest encoded frame on a draft or target link, in bytes; a whole prompt must fit. */
    public static final int FRAME_BYTES_MAX = 1 << 20;

    /** Deepest nesting of a frame's JSON. */
    public static final int FRAME_NESTING_MAX = 16;

    /** Longest string in a frame, in UTF-16 units. */
    public static final int FRAME_STRING_LENGTH_MAX = 64 * 1024;

    /** Longest reason of a refusal, in UTF-16 units; a longer one is cut. */
    public static final int REASON_LENGTH_MAX = 1_000;

    /** Longest name of a model, in UTF-16 units. */
    public static final int MODEL_NAME_LENGTH_MAX = 128;

    /** Most tokens of a prompt and its completion together, whatever the model's own context allows. */
    public static final int SEQUENCE_TOKENS_MAX = 131_072;

    /** Most tokens that one frame may propose for verification. */
    public static final int RUN_TOKENS_MAX = 64;

    /** Most tokens that the target may be asked to go on with by itself behind a round. */
    public static final int ONWARD_TOKENS_MAX = 64;

    /** Most prefixes that one draft frame may continue. */
    public static final int DRAFTED_PREFIXES_MAX = 64;

    /** Most tokens that one pass of a draft worker may forward at the controller's request. */
    public static final int PASS_NODES_MAX = 64;

    /** Most next tokens that a worker may name behind one prefix. */
    public static final int CANDIDATES_MAX = 8;

    /** Surprisal beyond which there is no sense in telling branches apart, in thousandths of a nat. */
    public static final int FLOOR_MILLI_NATS_MAX = 1_000_000;

    /** Most workers among which a session's alternatives may be divided. */
    public static final int SHARES_MAX = 8;

    /**
     * Most nodes of a tree of draft tokens, at the controller and at a draft worker; more are dropped, which costs speed only.
     */
    public static final int DRAFT_TREE_NODES_MAX = 4_096;

    /** Furthest that a draft worker may be asked to run ahead of the committed prefix, in tokens. */
    public static final int WINDOW_TOKENS_MAX = 256;

    /** Highest entropy threshold that a request may ask for, in nats: far above that of any vocabulary. */
    public static final double ENTROPY_NATS_MAX = 20;

    /** Highest price of a busy-region draft pass that a request may ask for, in times of a token. */
    public static final double PRICE_MAX = 100;

    /** What a Lambda function is sent for one request, in bytes: 6 MB ("Lambda quotas", invocation payload). */
    public static final int LAMBDA_REQUEST_BYTES_MAX = 6 * 1024 * 1024;

    /** Of it, room for what the event says beside the body: path, headers (each of them twice), the caller. */
    public static final int LAMBDA_ENVELOPE_BYTES = 64 * 1024;

    /**
     * Largest HTTP request body, in bytes, at gateway and function alike: what a Lambda function can be sent, where the body
     * stands in Base64.
     */
    public static final int HTTP_BODY_BYTES_MAX = (LAMBDA_REQUEST_BYTES_MAX - LAMBDA_ENVELOPE_BYTES) / 4 * 3;

    /** All headers of an HTTP request together, in bytes: API Gateway's own limit. */
    public static final int HTTP_HEADERS_BYTES_MAX = 10_240;

    /** Longest URI of an HTTP request, in bytes. */
    public static final int HTTP_URI_BYTES_MAX = 8_192;

    /** Largest body of an invocation of a model server, in bytes: more than the API lets through, so that its limit is the one. */
    public static final int INVOCATION_BYTES_MAX = 8 * 1024 * 1024;

    /** Most stop strings of a request, as in OpenAI's API. */
    public static final int STOP_STRINGS_MAX = 4;

    /** Longest stop string, in UTF-16 units. */
    public static final int STOP_STRING_LENGTH_MAX = 256;

    /** Most stop tokens of a request. */
    public static final int STOP_TOKENS_MAX = 64;

    /** Most tokens of a request whose logits are biased: as many as vLLM's and OpenAI's clients are known to send, and more. */
    public static final int BIASED_TOKENS_MAX = 1_024;

    /** Most likely tokens whose log-probabilities a request may ask for, as in OpenAI's chat. */
    public static final int LOGPROBS_MAX = 20;

    /**
     * Most log-probabilities that all texts of a request may have, alternatives counted: some 20 MB, at 650 bytes for one with its token's text and
     * JSON.
     */
    public static final int LOGPROBS_OF_REQUEST_MAX = 32_768;

    /** Longest grammar of a text, in UTF-16 units: it travels with every {@code open}, and lies in each session's record. */
    public static final int GRAMMAR_LENGTH_MAX = 32 * 1024;

    /** Most states of a grammar, repetitions counted as often as they may stand. */
    public static final int GRAMMAR_STATES_MAX = 20_000;

    /** Most ways from a grammar's states to others, which a state has any number of. */
    public static final int GRAMMAR_EDGES_MAX = 200_000;

    /** Most rules of a grammar that a text may be within, one in the other. */
    public static final int GRAMMAR_DEPTH_MAX = 64;

    /** Longest prompt that is echoed with log-probabilities: its passes have logits in each row, and are waited for by a call. */
    public static final int ECHOED_LOGPROBS_TOKENS_MAX = 2_048;

    private Limits() {}
}
