package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.ReplyCode;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelNotReadyException;

/**
 * How it is known that an endpoint is about to be in service. SageMaker has no error of its own for one that was scaled to
 * zero: it is a validation error like that of an endpoint which does not exist, but for its words.
 */
final class StartingSigns {
    private static final String SCALED_TO_ZERO = "has no capacity to process this request";

    private StartingSigns() {}

    static boolean in(SdkServiceException answered) {
        String message = answered.getMessage();
        return answered instanceof ModelNotReadyException
                || (answered.statusCode() == 400 && message != null && message.contains(SCALED_TO_ZERO))
                || ModelRefusals.code(answered) == ReplyCode.LOADING;
    }
}
