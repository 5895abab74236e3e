package io.wanspec.emulator.sagemaker;

/** How calls are spread over the instances behind an endpoint (API reference, ProductionVariantRoutingConfig). */
public enum Routing {
    RANDOM,
    /** To the one that answers the fewest calls and streams at present. */
    LEAST_OUTSTANDING_REQUESTS
}
