package io.wanspec.local.wanbench;

import io.wanspec.contracts.ledger.Ledger;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What requests cost in one way of serving them. Times are of decoding alone, from the first token to the end, so that neither the
 * prompt nor the opening of connections counts.
 *
 * @param requestMsPerToken decoding time a token, of each request
 * @param msPerToken the same of all together
 * @param stallMsPerToken time for which the target waited for drafts
 */
record Cost(
        List<Double> requestMsPerToken,
        double msPerToken,
        double targetPassesPerToken,
        double busyDraftPassesPerToken,
        double remoteDraftPassesPerToken,
        double wanBytesPerToken,
        double stallMsPerToken,
        int tokens) {
    Cost {
        requestMsPerToken = List.copyOf(requestMsPerToken);
    }

    /** @param ledgers at least one, of at least one token */
    static Cost of(List<Ledger> ledgers) {
        int tokens = ledgers.stream().mapToInt(Ledger::tokens).sum();
        ToDoubleFunction<ToDoubleFunction<Ledger>> aToken =
                what -> ledgers.stream().mapToDouble(what).sum() / tokens;
        return new Cost(
                ledgers.stream().map(each -> decodeMs(each) / each.tokens()).toList(),
                aToken.applyAsDouble(Cost::decodeMs),
                aToken.applyAsDouble(Ledger::targetPasses),
                aToken.applyAsDouble(Ledger::busyDraftPasses),
                aToken.applyAsDouble(Ledger::remoteDraftPasses),
                aToken.applyAsDouble(Ledger::wanBytes),
                aToken.applyAsDouble(Ledger::stallMs),
                tokens);
    }

    /** Standard error of the ratio of {@link #msPerToken} to another's, request by request; 0 for a single request. */
    double ratioError(Cost other) {
        int requests = requestMsPerToken.size();
        double ratio = msPerToken / other.msPerToken;
        double squares = 0;
        for (int i = 0; i < requests; i++) {
            double residual = requestMsPerToken.get(i) - ratio * other.requestMsPerToken.get(i);
            squares += residual * residual;
        }
        return requests < 2 ? 0 : Math.sqrt(squares / requests / (requests - 1)) / other.msPerToken;
    }

    private static double decodeMs(Ledger ledger) {
        return ledger.totalMs() - ledger.timeToFirstTokenMs();
    }
}
