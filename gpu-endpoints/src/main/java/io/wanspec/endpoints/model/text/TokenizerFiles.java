package io.wanspec.endpoints.model.text;

import io.wanspec.endpoints.model.ModelLoadException;


/**
 * What a model's files say about text.
 *
 * @param json the tokenizer in the form of {@code tokenizer.json}, without its control tokens: they must not be found in
 *     what a user typed
 * @param template the chat template, empty if there is none
 * @param bos id that begins a plain text, or -1
 */
public record TokenizerFiles(Vocabulary vocabulary, String json, String template, int bos) {
    /** The codec; loads the native tokenizer. */
    public HubTextCodec codec() {
        return new HubTextCodec(this);
    }

    static ModelLoadException unsupported(String what) {
        return new ModelLoadException("the tokenizer is of a form that is not supported: " + what);
    }
}
