package io.wanspec.endpoints.compute;

/**
 * How the caches of a server stand.
 *
 * @param bytesMax bound on all of them; a session that alone needs more gets it, when it is the only one
 * @param bytesOf1024 that a session of 1,024 tokens takes
 * @param bytes of all of them, with what sessions may write in their next pass
 * @param reservedBytes that sessions in use may grow to without asking
 * @param sessions in use
 * @param waiting sessions in use that wait for room to go on
 * @param idle caches that sessions left behind
 * @param givenUp how often a session has given up its cache so far
 * @param sharedTokens that sessions found in caches of their callers so far, instead of computing them
 */
public record CacheReport(
        long bytesMax,
        long bytesOf1024,
        long bytes,
        long reservedBytes,
        int sessions,
        int waiting,
        int idle,
        long givenUp,
        long sharedTokens) {
    /** Of caches that nobody bounds. */
    static final CacheReport NONE = new CacheReport(Long.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0, 0);

    /** An object with a field for each of these. */
    public String json() {
        return "{\"bytesMax\":" + bytesMax
                + ",\"bytesOf1024\":" + bytesOf1024
                + ",\"bytes\":" + bytes
                + ",\"reservedBytes\":" + reservedBytes
                + ",\"sessions\":" + sessions
                + ",\"waiting\":" + waiting
                + ",\"idle\":" + idle
                + ",\"givenUp\":" + givenUp
                + ",\"sharedTokens\":" + sharedTokens
                + "}";
    }
}
