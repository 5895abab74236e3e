package io.wanspec.evaluation.probe;

/** Endpoints or a log that cannot be used. The message is a sentence with what is wrong and what helps. */
public final class ProbeException extends Exception {
    private static final long serialVersionUID = 1L;

    ProbeException(String sentence) {
        super(sentence);
    }
}
