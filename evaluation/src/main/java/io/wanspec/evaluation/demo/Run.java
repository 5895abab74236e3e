package io.wanspec.evaluation.demo;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import java.util.OptionalLong;

/**
 * One request, served.
 *
 * @param ledger as the function counted it
 * @param seed that was used, if the server said so
 * @param text as it was streamed
 */
public record Run(Mode mode, Ledger ledger, OptionalLong seed, String text) {}
