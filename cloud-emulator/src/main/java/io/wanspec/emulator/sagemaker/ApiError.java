package io.wanspec.emulator.sagemaker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanspec.contracts.http.EdgeError;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error answer: HTTP status, the {@code x-amzn-errortype} that the SDK turns into an exception, and the JSON body.
 *
 * <p>Types and statuses are those of the API references of InvokeEndpoint (ValidationError 400, ModelError 424,
 * ServiceUnavailable 503, InternalDependencyException 530) and of InvokeEndpointWithBidirectionalStream, whose names
 * differ (InputValidationError, ServiceUnavailableError).
 */
record ApiError(int status, String type, Map<String, Object> fields) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ORIGINAL_MESSAGE_CHARS_MAX = 4096;

    String body() {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error could not be written", e);
        }
    }

    static ApiError notSigned() {
        return of(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    static ApiError unknownOperation() {
        return of(404, "UnknownOperationException", "This call is not one of the invoke calls on this protocol.");
    }

    static ApiError unknownEndpoint(Route route, String account) {
        String type = bidirectional(route) ? "InputValidationError" : "ValidationError";
        return of(400, type, "Endpoint " + route.endpointName() + " of account " + account + " not found.");
    }

    static ApiError unavailable(Route route) {
        String type = bidirectional(route) ? "ServiceUnavailableError" : "ServiceUnavailable";
        return of(503, type, "No container of endpoint " + route.endpointName() + " is in service.");
    }

    /** Its last instance was taken away (Developer Guide, "Scale an endpoint to zero instances"); the words are SageMaker's. */
    static ApiError noCapacity(Route route) {
        String type = bidirectional(route) ? "InputValidationError" : "ValidationError";
        return of(
                400,
                type,
                "Inference Component has no capacity to process this request. ApplicationAutoScaling may be in-progress"
                        + " (if configured) or try to increase the capacity by invoking"
                        + " UpdateInferenceComponentRuntimeConfig API.");
    }

    /** A session that no instance has, any more. */
    static ApiError unknownSession(Route route, String session) {
        String type = bidirectional(route) ? "InputValidationError" : "ValidationError";
        return of(400, type, "Session " + session + " of endpoint " + route.endpointName() + " does not exist.");
    }

    /** Too many calls. */
    static ApiError throttled() {
        return of(400, "ThrottlingException", "Rate exceeded");
    }

    /** The resources of the endpoint are still being provided (API reference, ModelNotReadyException). */
    static ApiError notReady() {
        return of(429, "ModelNotReadyException", "The model is not ready for inference yet.");
    }

    /** The container took the request and dropped the connection without an answer. */
    static ApiError noAnswer() {
        return of(530, "InternalDependencyException", "The container closed the connection without an answer.");
    }

    static ApiError tooLarge(int bytesMax) {
        return of(413, "RequestEntityTooLargeException", "The body is larger than " + bytesMax + " bytes.");
    }

    static ApiError unreadable(EdgeError why) {
        return of(why.status(), "ValidationError", why.message());
    }

    /**
     * The container answered with an error.
     *
     * @param originalStatus the container's HTTP status; 0 where it did not answer in time, as SageMaker reports it
     */
    static ApiError model(int originalStatus, String originalMessage) {
        String kept = originalMessage.length() > ORIGINAL_MESSAGE_CHARS_MAX
                ? originalMessage.substring(0, ORIGINAL_MESSAGE_CHARS_MAX)
                : originalMessage;
        String side = originalStatus >= 400 && originalStatus < 500 ? "client" : "server";
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "Message",
                "Received " + side + " error (" + originalStatus + ") from primary with message \"" + kept + "\".");
        fields.put("OriginalMessage", kept);
        fields.put("OriginalStatusCode", originalStatus);
        fields.put("LogStreamArn", "");
        return new ApiError(424, "ModelError", fields);
    }

    static ApiError timedOut() {
        return model(0, "Your invocation timed out while waiting for a response from container primary.");
    }

    private static ApiError of(int status, String type, String message) {
        return new ApiError(status, type, Map.of("Message", message));
    }

    private static boolean bidirectional(Route route) {
        return route.operation() == Operation.BIDIRECTIONAL_STREAM;
    }
}
