/**
 * SageMaker Runtime on this machine: the three invoke calls on their real wire protocols, in front of containers that keep
 * SageMaker's container contract.
 *
 * <p>{@link io.wanspec.emulator.sagemaker.SageMakerEmulator} listens. One port speaks HTTP/1.1 (InvokeEndpoint,
 * InvokeEndpointWithResponseStream) and HTTP/2 without TLS (InvokeEndpointWithBidirectionalStream); the first bytes of a
 * connection tell which.
 */
@NullMarked
package io.wanspec.emulator.sagemaker;

import org.jspecify.annotations.NullMarked;
