package io.wanspec.infra.smoke;

/** What is not as it should be, in words. */
final class SmokeFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    SmokeFailure(String words) {
        super(words);
    }
}
