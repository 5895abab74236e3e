package io.wanspec.functions.link;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Tells of one call whether its answer has begun: the SDK's exceptions do not say. */
final class AnswerWatch {
    private static final ExecutionAttribute<AnswerWatch> OF_CALL = new ExecutionAttribute<>("WanSpecAnswerWatch");

    private volatile boolean begun;

    /** For the clients whose calls are watched. */
    static ExecutionInterceptor interceptor() {
        return new ExecutionInterceptor() {
            @Override
            public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
                AnswerWatch watch = attributes.getAttribute(OF_CALL);
                if (watch != null) {
                    watch.begun = true;
                }
            }
        };
    }

    /** Watches the call that is configured. */
    void attach(AwsRequestOverrideConfiguration.Builder call) {
        call.putExecutionAttribute(OF_CALL, this);
    }

    /** Whether the head of the response has come. */
    boolean begun() {
        return begun;
    }
}
