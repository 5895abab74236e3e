package io.wanspec.evaluation.loadbench;

import io.wanspec.contracts.request.Mode;

/**
 * What is measured at a time.
 *
 * @param clients that ask at once, each again as soon as it has its answer
 */
public record LoadPoint(Mode mode, int clients) {
    /** In a line of words. */
    String words() {
        return mode.word() + " with " + clients + (clients == 1 ? " client" : " clients");
    }
}
