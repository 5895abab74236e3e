package io.wanspec.evaluation.wanbench;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.simulator.world.SessionFigures;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

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
    private static final double NANOS_PER_MS = 1e6;

    Cost {
        requestMsPerToken = List.copyOf(requestMsPerToken);
    }

    /**
     * @param ledgers at least one, of at least one token
     * @param slowness what times are divided by
     */
    static Cost of(List<Ledger> ledgers, double slowness) {
        int tokens = ledgers.stream().mapToInt(Ledger::tokens).sum();
        ToDoubleFunction<ToDoubleFunction<Ledger>> aToken =
                what -> ledgers.stream().mapToDouble(what).sum() / tokens;
        return new Cost(
                ledgers.stream()
                        .map(each -> decodeMs(each) / slowness / each.tokens())
                        .toList(),
                aToken.applyAsDouble(Cost::decodeMs) / slowness,
                aToken.applyAsDouble(Ledger::targetPasses),
                aToken.applyAsDouble(Ledger::busyDraftPasses),
                aToken.applyAsDouble(Ledger::remoteDraftPasses),
                aToken.applyAsDouble(Ledger::wanBytes),
                aToken.applyAsDouble(Ledger::stallMs) / slowness,
                tokens);
    }

    /**
     * Of simulated requests, each of which may have been simulated several times.
     *
     * @param figures of all requests in turn, then of all again
     * @param requests how many there are
     */
    static Cost simulated(List<SessionFigures> figures, int requests) {
        int tokens = figures.stream().mapToInt(SessionFigures::tokens).sum();
        ToDoubleFunction<ToDoubleFunction<SessionFigures>> aToken =
                what -> figures.stream().mapToDouble(what).sum() / tokens;
        return new Cost(
                IntStream.range(0, requests)
                        .mapToObj(i -> meanMsPerToken(figures, i, requests))
                        .toList(),
                aToken.applyAsDouble(Cost::decodeMs),
                aToken.applyAsDouble(SessionFigures::targetPasses),
                aToken.applyAsDouble(SessionFigures::busyDraftPasses),
                aToken.applyAsDouble(SessionFigures::remoteDraftPasses),
                aToken.applyAsDouble(SessionFigures::wanBytes),
                aToken.applyAsDouble(each -> each.stallNanos() / NANOS_PER_MS),
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

    private static double meanMsPerToken(List<SessionFigures> figures, int first, int step) {
        return IntStream.iterate(first, i -> i < figures.size(), i -> i + step)
                .mapToObj(figures::get)
                .mapToDouble(each -> decodeMs(each) / each.tokens())
                .average()
                .orElseThrow();
    }

    private static double decodeMs(SessionFigures figures) {
        return (figures.nanos() - figures.firstTokenNanos()) / NANOS_PER_MS;
    }

    private static double decodeMs(Ledger ledger) {
        return ledger.totalMs() - ledger.timeToFirstTokenMs();
    }
}
