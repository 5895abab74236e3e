package io.wanspec.functions.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a response asked for, as far as the response repeats it.
 *
 * @param instructions of this response only: the next one does not inherit them
 * @param previous whose conversation it continues
 * @param background made by a worker, whether or not a client waits
 * @param stored whether it can be asked for later
 * @param metadata in the client's order
 * @param logprobs of how many likeliest tokens the log-probabilities are told as well; empty for none
 * @param format of the text, as the request had it; empty for plain text
 * @param calling {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}, if the answer may call tools
 */
public record ResponseOptions(
        Optional<String> instructions,
        Optional<ResponseId> previous,
        boolean background,
        boolean stored,
        Map<String, String> metadata,
        double temperature,
        double topP,
        OptionalInt maxOutputTokens,
        OptionalInt logprobs,
        Optional<String> user,
        Optional<String> safetyIdentifier,
        Optional<String> promptCacheKey,
        Optional<ObjectNode> format,
        Optional<ObjectNode> calling) {
    /** Most pairs of metadata, and the lengths of their names and values: as in OpenAI's API. */
    public static final int METADATA_PAIRS_MAX = 16;

    public static final int METADATA_KEY_LENGTH_MAX = 64;
    public static final int METADATA_VALUE_LENGTH_MAX = 512;

    public ResponseOptions {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (metadata.size() > METADATA_PAIRS_MAX) {
            throw new IllegalArgumentException("metadata has at most " + METADATA_PAIRS_MAX + " pairs");
        }
        if (background && !stored) {
            throw new IllegalArgumentException("a response in the background is stored");
        }
    }

    /** The same, stored or not. */
    public ResponseOptions stored(boolean nowStored) {
        return with(nowStored, format, calling);
    }

    /** The same with what the answer is to be. */
    public ResponseOptions formed(@Nullable ObjectNode newFormat, @Nullable ObjectNode newCalling) {
        return with(stored, Optional.ofNullable(newFormat), Optional.ofNullable(newCalling));
    }

    private ResponseOptions with(boolean nowStored, Optional<ObjectNode> nowFormat, Optional<ObjectNode> nowCalling) {
        return new ResponseOptions(
                instructions,
                previous,
                background,
                nowStored,
                metadata,
                temperature,
                topP,
                maxOutputTokens,
                logprobs,
                user,
                safetyIdentifier,
                promptCacheKey,
                nowFormat,
                nowCalling);
    }
}
