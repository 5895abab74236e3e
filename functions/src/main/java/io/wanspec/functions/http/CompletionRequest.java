package io.wanspec.functions.http;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.functions.schema.CallSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request whose fields have been checked; whether prompt and completion fit the context is known only when the prompt's
 * tokens are.
 *
 * @param choices how many texts it asks for, and behind which other prompts
 * @param maxTokens absent: the server's default, or what the context leaves
 * @param topP 0 stands for the likeliest token alone
 * @param rules what else rules the choice of tokens; how long the prompt is, they learn when its tokens are known
 * @param seed the client's, or one that was drawn
 * @param logprobs of how many likeliest tokens the log-probabilities are wanted, 0 for the chosen ones alone
 * @param prediction what the text may be
 * @param streamed what a stream has beside the text
 * @param caller for whom, if the request says so
 * @param includeTokenIds whether the ledger shows text and token ids
 * @param calls where the answer may begin to call tools
 */
record CompletionRequest(
        Api api,
        String model,
        PromptForm prompt,
        Choices choices,
        OptionalInt maxTokens,
        double temperature,
        int topK,
        double topP,
        SamplingRules rules,
        long seed,
        List<String> stop,
        OptionalInt logprobs,
        Optional<PromptForm> prediction,
        boolean stream,
        StreamOptions streamed,
        Speculation speculation,
        Optional<CallerId> caller,
        boolean includeTokenIds,
        CallSplitter.Where calls) {
    CompletionRequest {
        stop = List.copyOf(stop);
        if (topP == 0) {
            // What is left of a nucleus without probability: the likeliest token alone.
            topK = 1;
            topP = 1;
        }
    }

    /** Whether the answer may call tools. */
    boolean mayCall() {
        return calls != CallSplitter.Where.NOWHERE;
    }

    /** Whether a stream ends with a chunk of usage. */
    boolean includeUsage() {
        return streamed.includeUsage();
    }

    /** The requests for each of its texts, those behind one prompt together. */
    List<CompletionRequest> each() {
        List<CompletionRequest> each = new ArrayList<>();
        for (int i = 0; i < choices.count(); i++) {
            int prompted = i / choices.made();
            PromptForm its = prompted == 0 ? prompt : choices.others().get(prompted - 1);
            each.add(withPrompt(its).withSeed(Choices.seed(seed, i % choices.made())));
        }
        return each;
    }

    /** What of log-probabilities the target is asked for: also where they only choose among texts. */
    OptionalInt logprobsMade() {
        return logprobs.isEmpty() && choices.areChosen() ? OptionalInt.of(0) : logprobs;
    }

    /** How tokens are chosen behind a prompt of so many. */
    SamplingOptions sampling(int promptTokens) {
        return new SamplingOptions(
                temperature, topK, topP, seed, rules.saysNothing() ? null : rules.behind(promptTokens));
    }

    /** The same request with another prompt. */
    CompletionRequest withPrompt(PromptForm other) {
        return with(other, seed, prediction);
    }

    /** The same request with another seed. */
    CompletionRequest withSeed(long other) {
        return with(prompt, other, prediction);
    }

    /** The same request with the tokens that its prompt and its prediction were found to have. */
    CompletionRequest counted(Tokens prompted, Tokens predicted) {
        return with(
                new PromptForm.Given(prompted),
                seed,
                predicted.isEmpty() ? Optional.empty() : Optional.of(new PromptForm.Given(predicted)));
    }

    private CompletionRequest with(PromptForm newPrompt, long newSeed, Optional<PromptForm> newPrediction) {
        return new CompletionRequest(
                api,
                model,
                newPrompt,
                choices,
                maxTokens,
                temperature,
                topK,
                topP,
                rules,
                newSeed,
                stop,
                logprobs,
                newPrediction,
                stream,
                streamed,
                speculation,
                caller,
                includeTokenIds,
                calls);
    }
}
