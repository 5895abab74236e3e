package io.wanspec.emulator.sagemaker;

/** The invoke calls of SageMaker Runtime and SageMaker Runtime HTTP2. */
public enum Operation {
    INVOKE,
    RESPONSE_STREAM,
    BIDIRECTIONAL_STREAM
}
