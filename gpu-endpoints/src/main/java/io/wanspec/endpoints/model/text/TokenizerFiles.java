package io.wanspec.endpoints.model.text;

import io.wanspec.endpoints.model.ModelLoadException;

/**
 * What a model's files say about text.
 *
 * @param json the tokenizer in the form of {@code tokenizer.json}, without its control tokens: they must not be found in
 *     what a user typed
 * @param template the chat template, empty if there is none
 * @param bosName the token that templates know as {@code bos_token}, empty if there is none
 * @param eosName the same for {@code eos_token}
 * @param beginsWithBos whether a plain text begins with the former
 */
public record TokenizerFiles(
        Vocabulary vocabulary, String json, String template, String bosName, String eosName, boolean beginsWithBos) {
    /** The id that begins a plain text, or -1. */
    int bos() {
        return beginsWithBos ? vocabulary.tokens().indexOf(bosName) : -1;
    }

    /** The codec; loads the native tokenizer. */
    public HubTextCodec codec() {
        return new HubTextCodec(this);
    }

    static ModelLoadException unsupported(String what) {
        return new ModelLoadException("the tokenizer is of a form that is not supported: " + what);
    }
}
