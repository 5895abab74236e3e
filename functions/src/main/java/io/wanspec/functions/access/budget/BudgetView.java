package io.wanspec.functions.access.budget;

/**
 * A budget as a client is told of it.
 *
 * @param remaining as far as this function knows
 * @param resetMs until the window is over and the whole is there again
 */
public record BudgetView(long limit, long remaining, long resetMs) {}
