package io.wanspec.emulator.sagemaker;

/** How a stream that is cut off ends for its client. */
public enum StreamEnd {
    /** As at the end of its time: in order, without an error. */
    IN_ORDER,
    /** By a ModelStreamError, as if the container's connection had broken. */
    MODEL_STREAM_ERROR,
    /** By a ThrottlingException: SageMaker may throttle a stream that it has accepted. */
    THROTTLED
}
