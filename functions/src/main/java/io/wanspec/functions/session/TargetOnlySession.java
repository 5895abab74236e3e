package io.wanspec.functions.session;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.controller.SeenText;
import io.wanspec.controller.StopGate;
import io.wanspec.controller.StopRule;
import io.wanspec.functions.link.Generations;
import io.wanspec.functions.link.Generations.Generation;
import io.wanspec.functions.link.LinkFailure;
import io.wanspec.functions.session.GenerationInbox.Signal;
import io.wanspec.functions.session.SessionOutcome.Failure;
import io.wanspec.functions.session.SessionOutcome.Finished;
import io.wanspec.functions.settings.ServingLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * B0: the endpoint decodes alone. It shares no code with speculation but the rule of stop strings, so that equal texts prove
 * something. A stream that breaks is not opened again here: see {@link TargetOnlyOrLinked}.
 */
final class TargetOnlySession implements SessionBody {
    private static final Logger LOG = LoggerFactory.getLogger(TargetOnlySession.class);

    private final SessionRequest request;
    private final ServingLimits limits;
    private final Generations generations;
    private final SessionSink sink;
    private final SessionObserver observer;
    private final GenerationInbox inbox;
    private final StopGate stop;
    private final StringBuilder text = new StringBuilder();
    private final List<String> pieces = new ArrayList<>();
    private Tokens tokens = Tokens.none();
    private final List<TokenLogprobs> logprobs = new ArrayList<>();
    private int passes;
    private int cachedTokens;
    private long firstTokenNanos;
    private @Nullable ModelIdentity model;
    private boolean brokenOff;

    TargetOnlySession(
            SessionRequest request,
            ServingLimits limits,
            Generations generations,
            SessionSink sink,
            SessionObserver observer) {
        this.request = request;
        this.limits = limits;
        this.generations = generations;
        this.sink = sink;
        this.observer = observer;
        this.inbox = new GenerationInbox(request.generation().maxTokens());
        this.stop = new StopGate(StopRule.of(request.generation()));
        this.firstTokenNanos = request.arrivedNanos();
    }

    @Override
    public void cancel() {
        inbox.leave();
    }

    @Override
    public SessionOutcome run() throws InterruptedException {
        GenerationRequest generation = request.generation();
        var invocation = new Invocation.Generate(
                generation.prompt(),
                generation.sampling(),
                generation.maxTokens(),
                request.terms().caller(),
                generation.session(),
                generation.logprobs().isPresent() ? generation.logprobs().getAsInt() : null);
        Generation running = generations.open(invocation, inbox);
        try {
            return untilEnd();
        } finally {
            close(running);
        }
    }

    @Override
    public long draftsDropped() {
        return 0;
    }

    private SessionOutcome untilEnd() throws InterruptedException {
        long deadlineNanos = request.arrivedNanos() + limits.deadline().toNanos();
        while (true) {
            long left = Math.min(
                    deadlineNanos - System.nanoTime(), limits.passTimeout().toNanos());
            Signal signal = inbox.next(left);
            SessionOutcome end = switch (signal) {
                case null -> timedOut(deadlineNanos);
                case Signal.Line(var line) -> take(line);
                case Signal.Ended() -> brokenOff("the endpoint ended the stream before the text's end");
                case Signal.Failed(var failure) -> failed(failure);
                case Signal.Gone() -> new Finished(FinishReason.CANCELLED, ledger());
            };
            if (end != null) {
                return end;
            }
        }
    }

    private @Nullable SessionOutcome take(Reply.Generated line) {
        if (tokens.isEmpty()) {
            firstTokenNanos = System.nanoTime();
        }
        if (passes++ == 0) {
            model = line.model();
            cachedTokens = line.cached(request.generation().prompt().size());
            if (model == null && request.generation().isRuled()) {
                // The request names no version. Servers say whose text it is since they know of rules.
                return brokenOff("the endpoint's server is of a version that knows no rules and log-probabilities");
            }
        }
        Logprobs told = line.logprobs() == null ? Logprobs.none() : line.logprobs();
        if (told.isNone() == request.generation().logprobs().isPresent()
                && !line.tokens().isEmpty()) {
            return failed(Failure.TARGET_UNAVAILABLE, "the endpoint does not say how likely its tokens are");
        }
        int kept = 0;
        SeenText shown = SeenText.none();
        while (kept < line.tokens().size() && !isFull(kept) && !stop.isStopped()) {
            shown = shown.plus(stop.pass(line.pieces().subList(kept, kept + 1), told.slice(kept, kept + 1)));
            kept++;
        }
        Tokens more = line.tokens().slice(0, kept);
        int position = request.generation().prompt().size() + tokens.size();
        tokens = tokens.plus(more);
        pieces.addAll(line.pieces().subList(0, kept));
        logprobs.addAll(told.slice(0, kept).each());
        boolean stopped =
                stop.isStopped() || (line.ended() && kept == line.tokens().size());
        boolean complete = stopped || isFull(0);
        emit(complete ? stop.end(shown) : shown);
        FinishReason finish = stopped ? FinishReason.STOP : complete ? FinishReason.LENGTH : null;
        observer.passed(line.passMicros(), line.load());
        observer.committed(position, new Progress(more, line.pieces().subList(0, kept), finish, told.slice(0, kept)));
        return finish == null ? null : new Finished(finish, ledger());
    }

    private boolean isFull(int more) {
        return tokens.size() + more >= request.generation().maxTokens();
    }

    private SessionOutcome timedOut(long deadlineNanos) {
        return System.nanoTime() >= deadlineNanos
                ? failed(Failure.DEADLINE_EXCEEDED, "the request's time is over")
                : brokenOff("the target sent nothing for " + limits.passTimeout());
    }

    /** An endpoint that says before anything has begun that it has no instance is not waited for: that takes minutes. */
    private SessionOutcome failed(LinkFailure failure) {
        return switch (failure.loss()) {
            case FINAL -> failed(Failure.TARGET_UNAVAILABLE, failure.reason());
            case STARTING ->
                tokens.isEmpty() ? failed(Failure.TARGET_STARTING, failure.reason()) : brokenOff(failure.reason());
            case BROKEN, UNREACHABLE, BUSY -> brokenOff(failure.reason());
        };
    }

    private SessionOutcome brokenOff(String reason) {
        brokenOff = tokens.isEmpty() || isOfTheRequestsModel();
        if (brokenOff) {
            // Whoever compares plain decoding with something else has to know.
            observer.noted(request.generation().session(), NoteCode.TARGET_REOPENED, reason);
        }
        return failed(Failure.TARGET_UNAVAILABLE, reason);
    }

    /** While an endpoint is updated, the stream may be of one model and the link of the other; an older server does not say. */
    private boolean isOfTheRequestsModel() {
        ModelIdentity expected = request.target();
        return model != null
                && model.weights().equals(expected.weights())
                && model.tokenizer().equals(expected.tokenizer());
    }

    /** Whether it has failed in a way that another link may do better. */
    boolean isBrokenOff() {
        return brokenOff;
    }

    /** What it has committed. */
    Progress done() {
        return new Progress(tokens, pieces, null, new Logprobs(logprobs));
    }

    private void emit(SeenText seen) {
        seen.texts().forEach(text::append);
        if (!seen.isEmpty() && !sink.seen(seen)) {
            cancel();
        }
    }

    private SessionOutcome failed(Failure failure, String message) {
        return new SessionOutcome.Failed(failure, message, ledger());
    }

    /** The text is whole by then: what fails here must not take it back. */
    private void close(Generation running) {
        try {
            running.close();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Session {} could not close its generation",
                    request.generation().session(),
                    e);
        }
    }

    @Override
    public Ledger ledger() {
        return Ledgers.targetOnly(
                text.toString(), tokens, passes, cachedTokens, request.arrivedNanos(), firstTokenNanos);
    }
}
