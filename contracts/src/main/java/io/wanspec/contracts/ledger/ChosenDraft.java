package io.wanspec.contracts.ledger;

/**
 * A draft worker that was chosen for a session.
 *
 * @param fromToken how many tokens of the answer there were by then
 * @param why a clause for people
 */
public record ChosenDraft(String worker, int fromToken, String why) {}
