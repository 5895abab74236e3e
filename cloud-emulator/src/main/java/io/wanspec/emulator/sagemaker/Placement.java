package io.wanspec.emulator.sagemaker;

/** Where a call goes. */
sealed interface Placement {
    /**
     * To this instance, which counts it until its use is ended.
     *
     * @param among where sessions that it opens are remembered
     */
    record At(Instance.Use use, Instances among) implements Placement {}

    /** Nowhere. */
    record Refused(ApiError error) implements Placement {}
}
