package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.SpeculationFields;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.idempotency.AnswerFacts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the answer to one request, whole or in chunks, in OpenAI's shape with one field more: {@code wanspec}. */
final class Answer {
    private static final int FINGERPRINT_DIGITS = 12;

    private final CompletionRequest request;
    private final AnswerFacts facts;
    private final Echo echo;
    private final int index;
    private final SessionId named;

    /** @param echo what the text begins with */
    Answer(CompletionRequest request, AnswerFacts facts, Echo echo) {
        this(request, facts, echo, 0, facts.session());
    }

    /**
     * Of one of several texts.
     *
     * @param index which of them
     * @param named whose name the answer to all of them has
     */
    Answer(CompletionRequest request, AnswerFacts facts, Echo echo, int index, SessionId named) {
        this.request = request;
        this.facts = facts;
        this.echo = echo;
        this.index = index;
        this.named = named;
    }

    /** The answer to a request that is not streamed. */
    ObjectNode whole(FinishReason reason, Ledger ledger, List<TokenLogprobs> told) {
        ObjectNode answer = head(false);
        ObjectNode choice = choice(answer, finishReason(reason, false));
        tell(choice, told, 0);
        if (echo.isTold()) {
            choice.set("logprobs", LogprobsJson.echoed(echo, told));
        }
        if (request.api() == Api.CHAT) {
            ObjectNode message = choice.putObject("message");
            message.put("role", "assistant");
            message.put("content", ledger.text());
            message.putNull("refusal");
            if (request.mayCall()) {
                choice.put(
                        "finish_reason", finishReason(reason, calls().fill(message, ledger.text(), request.calls())));
            }
        } else {
            choice.put("text", echo.text() + ledger.text());
        }
        answer.set("usage", usage(ledger));
        answer.set(SpeculationFields.OBJECT, extension(ledger));
        return answer;
    }

    /** The chunk of an echoed prompt, if the text begins with one. */
    Optional<ObjectNode> echoChunk() {
        if (echo.text().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode chunk = textChunk(echo.text());
        if (echo.isTold()) {
            ((ObjectNode) chunk.at("/choices/0")).set("logprobs", LogprobsJson.echoed(echo, List.of()));
        }
        return Optional.of(chunk);
    }

    /** Where the first token's text begins that is told of behind it. */
    int echoLength() {
        return LogprobsJson.length(echo);
    }

    /** Opens a stream of chat chunks: says whose words follow. */
    ObjectNode roleChunk() {
        ObjectNode chunk = head(true);
        ObjectNode delta = choice(chunk, null).putObject("delta");
        delta.put("role", "assistant");
        delta.put("content", "");
        return withoutUsage(chunk);
    }

    ObjectNode textChunk(String text) {
        return textChunk(text, List.of(), 0);
    }

    /**
     * A chunk of text with the log-probabilities that were asked for.
     *
     * @param offset where the first of these tokens' text begins
     */
    ObjectNode textChunk(String text, List<TokenLogprobs> told, int offset) {
        ObjectNode chunk = head(true);
        ObjectNode choice = choice(chunk, null);
        tell(choice, told, offset);
        if (request.api() == Api.CHAT) {
            choice.putObject("delta").put("content", text);
        } else {
            choice.put("text", text);
        }
        return withoutUsage(chunk);
    }

    /** A chunk that adds this to a chat's message. */
    ObjectNode deltaChunk(ObjectNode delta, List<TokenLogprobs> told, int offset) {
        ObjectNode chunk = head(true);
        ObjectNode choice = choice(chunk, null);
        tell(choice, told, offset);
        choice.set("delta", delta);
        return withoutUsage(chunk);
    }

    CallsJson calls() {
        return new CallsJson(facts.session());
    }

    private void tell(ObjectNode choice, List<TokenLogprobs> told, int offset) {
        if (request.logprobs().isPresent() && !told.isEmpty()) {
            choice.set("logprobs", LogprobsJson.of(request.api(), told, offset));
        }
    }

    /**
     * Ends the text. Carries the ledger unless a chunk of usage follows.
     *
     * @param called whether the answer calls tools
     */
    ObjectNode finishChunk(FinishReason reason, Ledger ledger, boolean called) {
        ObjectNode chunk = head(true);
        ObjectNode choice = choice(chunk, finishReason(reason, called));
        if (request.api() == Api.CHAT) {
            choice.putObject("delta");
        } else {
            choice.put("text", "");
        }
        if (!request.includeUsage()) {
            chunk.set(SpeculationFields.OBJECT, extension(ledger));
        }
        return withoutUsage(chunk);
    }

    /** The last chunk where usage was asked for: no choices. */
    ObjectNode usageChunk(Ledger ledger) {
        ObjectNode chunk = head(true);
        chunk.putArray("choices");
        chunk.set("usage", usage(ledger));
        chunk.set(SpeculationFields.OBJECT, extension(ledger));
        return chunk;
    }

    /** The ledger in one header's length. */
    static String summary(Ledger ledger) {
        return "tokens=" + ledger.tokens() + ";target-passes=" + ledger.targetPasses() + ";busy-draft-passes="
                + ledger.busyDraftPasses() + ";remote-draft-passes=" + ledger.remoteDraftPasses() + ";stall-ms="
                + Math.round(ledger.stallMs()) + ";wan-bytes=" + ledger.wanBytes() + ";ttft-ms="
                + Math.round(ledger.timeToFirstTokenMs()) + ";total-ms=" + Math.round(ledger.totalMs());
    }

    private ObjectNode head(boolean chunk) {
        ObjectNode head = Json.object();
        head.put("id", request.api().idPrefix() + named.value());
        head.put("object", request.api().object(chunk));
        head.put("created", facts.createdSeconds());
        head.put("model", facts.model());
        head.put("system_fingerprint", "fp_" + facts.weights().substring(0, FINGERPRINT_DIGITS));
        return head;
    }

    private ObjectNode choice(ObjectNode answer, @Nullable String finishReason) {
        ObjectNode choice = answer.putArray("choices").addObject();
        choice.put("index", index);
        choice.putNull("logprobs");
        choice.put("finish_reason", finishReason);
        return choice;
    }

    /** As OpenAI does: every chunk before the one of usage says that it has none. */
    private ObjectNode withoutUsage(ObjectNode chunk) {
        if (request.includeUsage()) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    ObjectNode usage(Ledger ledger) {
        return UsageJson.of(facts.promptTokens(), ledger.tokens(), ledger.details());
    }

    private ObjectNode extension(Ledger ledger) {
        ObjectNode extension = Json.object();
        extension.put("session", facts.session().value());
        extension.put("seed", facts.seed());
        extension.put(SpeculationFields.MODE, facts.mode());
        extension.set("ledger", LedgerJson.of(ledger, request.includeTokenIds()));
        return extension;
    }

    private static String finishReason(FinishReason reason, boolean called) {
        return reason == FinishReason.LENGTH ? "length" : called ? "tool_calls" : "stop";
    }
}
