package io.wanspec.functions.http;

/** The shapes in which a text can be asked for. */
enum Api {
    CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk", "messages"),
    TEXT("cmpl-", "text_completion", "text_completion", "prompt"),
    RESPONSES("resp_", "response", "response", "input");

    private final String idPrefix;
    private final String object;
    private final String chunkObject;
    private final String promptField;

    Api(String idPrefix, String object, String chunkObject, String promptField) {
        this.idPrefix = idPrefix;
        this.object = object;
        this.chunkObject = chunkObject;
        this.promptField = promptField;
    }

    String idPrefix() {
        return idPrefix;
    }

    String object(boolean chunk) {
        return chunk ? chunkObject : object;
    }

    String promptField() {
        return promptField;
    }
}
