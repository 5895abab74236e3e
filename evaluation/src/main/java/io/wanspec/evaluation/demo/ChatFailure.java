package io.wanspec.evaluation.demo;

/** A request was refused or broke off. The message is for the user. */
public final class ChatFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ChatFailure(String message) {
        super(message);
    }

    ChatFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
