package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Invocation;

/**
 * One try of a call, and the rule for another. A call goes out once more, on a fresh connection, if its connection broke
 * before its answer began: most likely the peer had closed an idle connection just as the request went out. The SDK's own
 * retries stay off: it cannot know what may be repeated. Duplex streams are no calls in this sense. They are opened anew by
 * the controller, which knows what was lost.
 *
 * @param number of this try, from 1
 * @param answerBegun whether the head of a response has come
 */
record Attempt(Invocation invocation, int number, boolean answerBegun) {
    private static final int TRIES = 2;

    Attempt {
        if (number < 1 || number > TRIES) {
            throw new IllegalArgumentException("try " + number + " of at most " + TRIES);
        }
    }

    /** @param kind how this try failed */
    boolean goesOutAgain(FailureKind kind) {
        return number < TRIES && !answerBegun && kind == FailureKind.CONNECTION_LOST && isRepeatable(invocation);
    }

    private static boolean isRepeatable(Invocation invocation) {
        return switch (invocation) {
            case Invocation.Describe describe -> true;
            case Invocation.Tokenize tokenize -> true;
            // The first may still be computed, and takes long.
            case Invocation.Score score -> false;
            // A frame that comes again changes nothing.
            case Invocation.Exchange exchange -> true;
            // It takes the place of the first, which is over; but what that has drafted may be lost with it.
            case Invocation.Follow follow -> false;
            // The same request gives the same text, and nobody has seen a token of it.
            case Invocation.Generate generate -> true;
        };
    }
}
