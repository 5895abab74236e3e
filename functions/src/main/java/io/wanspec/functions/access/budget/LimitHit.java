package io.wanspec.functions.access.budget;

/**
 * A limit that a request ran into.
 *
 * @param kind which
 * @param limit as the key has it
 * @param needed by the request
 * @param retryAfterMs until when it may be worth to ask again
 */
public record LimitHit(Kind kind, long limit, long needed, long retryAfterMs) {
    /** Limits as clients are told of them. */
    public enum Kind {
        REQUESTS_PER_MINUTE("requests per minute"),
        TOKENS_PER_MINUTE("tokens per minute"),
        TOKENS_PER_DAY("tokens per day"),
        CONCURRENT("answers at once");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Whether waiting cannot help: the request alone is larger than the limit. */
    public boolean isHopeless() {
        return needed > limit;
    }

    static Kind of(Budget budget) {
        return switch (budget) {
            case REQUESTS_PER_MINUTE -> Kind.REQUESTS_PER_MINUTE;
            case TOKENS_PER_MINUTE -> Kind.TOKENS_PER_MINUTE;
            case TOKENS_PER_DAY -> Kind.TOKENS_PER_DAY;
        };
    }
}
