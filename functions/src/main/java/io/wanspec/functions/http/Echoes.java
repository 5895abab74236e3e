package io.wanspec.functions.http;

import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.link.EndpointCalls;
import io.wanspec.functions.link.EndpointException;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.WanSpecSettings;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the target say what a prompt's tokens are, and how likely it finds them, where a text is to begin with its prompt. Blocks. */
@Singleton
final class Echoes {
    private final WanSpecSettings settings;
    private final Endpoints endpoints;
    private final EndpointCalls calls;

    Echoes(WanSpecSettings settings, Endpoints endpoints, EndpointCalls calls) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.calls = calls;
    }

    /** Whether the target is to be asked. */
    static boolean areAsked(CompletionRequest request) {
        return request.choices().echo()
                && (written(request.prompt()) == null || request.logprobs().isPresent());
    }

    /** @param request for which the target need not be asked */
    static Echo unasked(CompletionRequest request) {
        String written = request.choices().echo() ? written(request.prompt()) : null;
        return written == null ? Echo.none() : new Echo(written, List.of(), List.of());
    }

    /**
     * @param request that was found to be within bounds
     * @param session whose text it is: the target is asked on behalf of the same caller
     * @throws ApiException if the target does not answer
     */
    Echo of(CompletionRequest request, SessionRequest session) {
        if (!areAsked(request)) {
            return unasked(request);
        }
        String written = written(request.prompt());
        Reply.Scored scored = score(request, session);
        Logprobs told = scored.logprobs();
        return new Echo(
                written == null ? LogprobsJson.joined(scored.texts()) : written,
                told == null ? List.of() : scored.texts(),
                told == null ? List.of() : told.each());
    }

    private static @Nullable String written(PromptForm prompt) {
        return switch (prompt) {
            case PromptForm.Written(var words) -> words.text();
            case PromptForm.Given given -> null;
        };
    }

    private Reply.Scored score(CompletionRequest request, SessionRequest session) {
        Tokens prompt = session.generation().prompt();
        Integer logprobs = request.logprobs().isPresent() ? request.logprobs().getAsInt() : null;
        try {
            Reply.Scored scored = calls.score(
                    settings.target(),
                    new Invocation.Score(prompt, session.terms().caller(), logprobs));
            if (scored.texts().size() == prompt.size() && (scored.logprobs() == null) == (logprobs == null)) {
                return scored;
            }
        } catch (EndpointException e) {
            if (e.isRequestAtFault()) {
                throw ApiException.unavailable(
                        "target_too_old",
                        "The model's server is of a version that does not say what a prompt's tokens are. Leave 'echo' out, or try again when"
                                + " it has been upgraded.");
            }
            endpoints.targetFailed();
            throw Errors.of(e, "prompt");
        }
        endpoints.targetFailed();
        throw ApiException.unavailable("target_unavailable", "The model's server answered something else than asked.");
    }
}
