package io.wanspec.endpoints.server;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.contracts.invoke.Invocation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which field of an invocation is at fault: what the types promise, JSON may still leave out. */
record InvocationCheck(String field, String message) {
    /** @return what {@code invocation} lacks, or null */
    static @Nullable InvocationCheck of(Invocation invocation) {
        return switch (invocation) {
            case Invocation.Describe describe -> null;
            case Invocation.Exchange exchange -> null;
            case Invocation.Follow follow -> null;
            case Invocation.Score score -> null;
            case Invocation.Tokenize tokenize -> ofMessages(tokenize.messages());
            case Invocation.Generate generate ->
                Objects.isNull(generate.sampling())
                        ? new InvocationCheck("sampling", "sampling is missing; give temperature, topK, topP and seed")
                        : null;
        };
    }

    /** @param failure of decoding; its cause knows how far it came */
    static InvocationCheck of(IllegalArgumentException failure) {
        String field = failure.getCause() instanceof JsonMappingException mapping
                ? mapping.getPath().stream().map(InvocationCheck::name).collect(Collectors.joining("."))
                : "";
        return new InvocationCheck(field, String.valueOf(failure.getMessage()));
    }

    private static @Nullable InvocationCheck ofMessages(@Nullable List<ChatMessage> messages) {
        List<ChatMessage> given = messages == null ? List.of() : messages;
        for (int i = 0; i < given.size(); i++) {
            ChatMessage message = given.get(i);
            if (Objects.isNull(message.role()) || Objects.isNull(message.content())) {
                String field = "messages[" + i + "]";
                return new InvocationCheck(field, field + " needs both role and content");
            }
        }
        return null;
    }

    private static String name(JsonMappingException.Reference part) {
        return part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName();
    }
}
