package io.wanspec.endpoints.relay;

import io.wanspec.contracts.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * Who asks what the workers of a site are.
 *
 * @param tokenizer of the target, if the asker knows it
 * @param protocol newest version that the asker speaks
 */
record SiteQuestion(String site, @Nullable String tokenizer, ProtocolVersion protocol) {
    private static final long FITS = 1L << 32;

    /** The higher, the more use a worker is to the asker: whether it fits comes first, then the version that both speak. */
    long use(Member member) {
        boolean fits = tokenizer == null || member.model().tokenizer().equals(tokenizer);
        return (fits ? FITS : 0) + Math.min(protocol.number(), member.protocol().number());
    }
}
