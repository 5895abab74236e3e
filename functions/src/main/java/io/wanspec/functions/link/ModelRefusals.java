package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;

/** What a model server refused, in its own words: the runtime wraps them into an error of its own, as a text. */
final class ModelRefusals {
    private ModelRefusals() {}

    /** @return absent if the model server did not answer, or not so */
    static Reply.@Nullable Failed of(Throwable thrown) {
        return switch (thrown) {
            case ModelErrorException plain -> failed(plain.originalMessage());
            case software.amazon.awssdk.services.sagemakerruntimehttp2.model.ModelErrorException duplex ->
                failed(duplex.originalMessage());
            default -> null;
        };
    }

    static @Nullable ReplyCode code(Throwable thrown) {
        Reply.Failed failed = of(thrown);
        return failed == null ? null : failed.code();
    }

    static boolean isOverload(SdkServiceException answered) {
        return code(answered) == ReplyCode.OVERLOADED;
    }

    private static Reply.@Nullable Failed failed(@Nullable String body) {
        if (body == null || body.isEmpty()) {
            return null;
        }
        try {
            return InvokeCodec.decodeReply(body.getBytes(StandardCharsets.UTF_8)) instanceof Reply.Failed failed
                    ? failed
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
