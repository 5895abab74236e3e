package io.wanspec.functions.http;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.request.Speculation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request whose fields have been checked; whether prompt and completion fit the context is known only when the prompt's
 * tokens are.
 *
 * @param maxTokens absent: the server's default, or what the context leaves
 * @param seed the client's, or one that was drawn
 * @param includeUsage whether a stream ends with a chunk of usage
 * @param caller for whom, if the request says so
 * @param includeTokenIds whether the ledger shows text and token ids
 */
record CompletionRequest(
        Api api,
        String model,
        Invocation.Tokenize prompt,
        OptionalInt maxTokens,
        double temperature,
        int topK,
        double topP,
        long seed,
        List<String> stop,
        boolean stream,
        boolean includeUsage,
        Speculation speculation,
        Optional<CallerId> caller,
        boolean includeTokenIds) {
    CompletionRequest {
        stop = List.copyOf(stop);
    }

    /** The same request with another prompt. */
    CompletionRequest withPrompt(Invocation.Tokenize other) {
        return new CompletionRequest(
                api,
                model,
                other,
                maxTokens,
                temperature,
                topK,
                topP,
                seed,
                stop,
                stream,
                includeUsage,
                speculation,
                caller,
                includeTokenIds);
    }

    /** The same request with another seed. */
    CompletionRequest withSeed(long other) {
        return new CompletionRequest(
                api,
                model,
                prompt,
                maxTokens,
                temperature,
                topK,
                topP,
                other,
                stop,
                stream,
                includeUsage,
                speculation,
                caller,
                includeTokenIds);
    }
}
