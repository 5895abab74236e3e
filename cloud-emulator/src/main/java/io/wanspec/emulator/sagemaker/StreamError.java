package io.wanspec.emulator.sagemaker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An exception event of a stream: it ends the stream, after everything sent before it. The codes are those of
 * ModelStreamError in the API reference.
 */
record StreamError(String type, @Nullable String code, String message) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL_STREAM_ERROR = "ModelStreamError";

    /** The container's connection was reset or closed. */
    static StreamError broken(String message) {
        return new StreamError(MODEL_STREAM_ERROR, "StreamBroken", message);
    }

    /** The model did not finish in the time that SageMaker allows. */
    static StreamError timeExceeded() {
        return new StreamError(
                MODEL_STREAM_ERROR, "ModelInvocationTimeExceeded", "The model did not finish in the time allowed.");
    }

    static StreamError throttled() {
        return new StreamError("ThrottlingException", null, "Rate exceeded");
    }

    /** The client's own bytes are no event stream, or exceed a limit. */
    static StreamError invalidInput(String message) {
        return new StreamError("InputValidationError", "InvalidInput", message);
    }

    /**
     * The error that a container reports in a text frame: {@code {"ModelStreamError": {"ErrorCode": ..., "Message": ...}}}.
     *
     * @return null if the text is ordinary output
     */
    static @Nullable StreamError reportedIn(byte[] text) {
        if (text.length == 0 || text[0] != '{') {
            return null;
        }
        try {
            JsonNode error = JSON.readTree(text).path(MODEL_STREAM_ERROR);
            return error.isObject()
                    ? new StreamError(
                            MODEL_STREAM_ERROR,
                            error.path("ErrorCode").asText(null),
                            error.path("Message").asText(""))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    byte[] body() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Message", message);
        if (code != null) {
            fields.put("ErrorCode", code);
        }
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error could not be written", e);
        }
    }
}
