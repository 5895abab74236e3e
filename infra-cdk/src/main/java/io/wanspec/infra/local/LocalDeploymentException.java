package io.wanspec.infra.local;

/** A stack is not as it should be; the message says why. */
public final class LocalDeploymentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LocalDeploymentException(String message) {
        super(message);
    }
}
