package io.wanspec.functions.http;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;

/** A prompt as a request has it. */
sealed interface PromptForm {
    /** Words, which the model's server makes tokens of. */
    record Written(Invocation.Tokenize words) implements PromptForm {}

    /** Tokens, which are taken as they are. */
    record Given(Tokens tokens) implements PromptForm {}
}
