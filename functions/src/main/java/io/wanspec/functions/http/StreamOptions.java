package io.wanspec.functions.http;

import java.util.Optional;

/**
 * What a client asks of a stream beside its text.
 *
 * @param includeUsage whether it ends with a chunk of usage
 * @param obfuscated whether chunks are filled up, so that their sizes do not tell how much text they have
 */
record StreamOptions(boolean includeUsage, boolean obfuscated) {
    private static final StreamOptions NONE = new StreamOptions(false, false);

    static StreamOptions none() {
        return NONE;
    }

    static StreamOptions read(Fields fields, boolean stream) {
        Optional<Fields> options = fields.object("stream_options");
        if (options.isEmpty()) {
            return NONE;
        }
        if (!stream) {
            throw ApiException.invalid("stream_options", "'stream_options' is only allowed when 'stream' is true.");
        }
        Fields read = options.get();
        var asked = new StreamOptions(read.bool("include_usage"), read.bool("include_obfuscation"));
        read.refuseOthers();
        return asked;
    }
}
