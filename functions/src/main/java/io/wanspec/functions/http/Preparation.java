package io.wanspec.functions.http;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.request.Mode;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.access.budget.HeldPlace;
import io.wanspec.functions.access.budget.LimitHit;
import io.wanspec.functions.link.EndpointCalls;
import io.wanspec.functions.link.EndpointException;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.Handshake;
import io.wanspec.functions.observe.BudgetKeeper;
import io.wanspec.functions.observe.UnclearStarts;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.session.WorkerChoice;
import io.wanspec.functions.settings.WanSpecSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/** The checks that need the endpoints: the model, the prompt's tokens, the context, the workers. Blocks. */
@Singleton
final class Preparation {
    /** Of a plain completion that does not say how long it may be: as documented by OpenAI. */
    private static final int TEXT_TOKENS_DEFAULT = 16;

    private final WanSpecSettings settings;
    private final Endpoints endpoints;
    private final EndpointCalls calls;
    private final WorkerChoice drafts;
    private final Optional<Budgets> budgets;
    private final Consumer<SessionRequest> unclear;

    Preparation(
            WanSpecSettings settings,
            Endpoints endpoints,
            EndpointCalls calls,
            WorkerChoice drafts,
            Optional<Budgets> budgets,
            Optional<UnclearStarts> unclear) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.calls = calls;
        this.drafts = drafts;
        this.budgets = budgets;
        this.unclear = request -> unclear.ifPresent(starts -> starts.accept(request));
    }

    /**
     * @param place that the request has, and gives back while it only waits for its key's budget
     * @throws ApiException if the request cannot be served, or not now
     * @throws Overloaded if its place was another's afterwards
     */
    PreparedRequest prepare(CompletionRequest request, Account account, Sessions.Admission place, long arrivedNanos) {
        requireRegion(account);
        Handshake.Agreed agreed = target();
        ModelIdentity target = agreed.model();
        if (!request.model().equals(target.name())) {
            throw ApiException.modelNotFound(request.model(), target.name());
        }
        Tokens prompt = tokens(request, target);
        var generation = new GenerationRequest(
                new SessionId("sess_" + UUID.randomUUID().toString().replace("-", "")),
                prompt,
                sampling(request, prompt.size(), agreed),
                maxTokens(request, prompt.size(), target),
                request.stop(),
                request.logprobsMade(),
                prediction(request, prompt));
        List<Worker> workers = workers(request, account);
        var terms = new LinkTerms(
                agreed.protocol(),
                endpoints.protocols(workers),
                account.caller().or(request::caller).orElse(null));
        var session =
                new SessionRequest(generation, request.speculation(), target, workers, terms, account, arrivedNanos);
        return new PreparedRequest(budgets.map(b -> reserved(b, session, place)).orElse(session), budgets, unclear);
    }

    /** Last, so that nothing of it is lost here; what is not used comes back with the session's end. */
    private static SessionRequest reserved(Budgets budgets, SessionRequest session, Sessions.Admission place) {
        SessionId id = session.generation().session();
        Optional<LimitHit> hit;
        try {
            hit = budgets.reserve(session.account(), id, BudgetKeeper.most(session), held(place));
        } catch (SdkException e) {
            throw ApiException.unavailable("access_unavailable", "What this key has used cannot be read now.");
        }
        if (hit.isPresent()) {
            throw new LimitedException(hit.get());
        }
        return session.on(session.account().charged(budgets.chargedDay(id)));
    }

    private static HeldPlace held(Sessions.Admission place) {
        return new HeldPlace() {
            @Override
            public void giveBack() {
                place.giveBack();
            }

            @Override
            public void takeAgain() {
                place.takeAgain();
            }
        };
    }

    /** Asked first: to count a prompt's tokens is to send it to the target. */
    private void requireRegion(Account account) {
        String region = settings.target().region();
        if (!account.regions().allows(region)) {
            throw ApiException.forbidden(
                    "region_not_allowed",
                    "This key's prompts may not be seen in " + region + ", where the model is. Use another key.");
        }
    }

    private Handshake.Agreed target() {
        return switch (endpoints.askTarget()) {
            case Handshake.Agreed agreed -> agreed;
            case Handshake.Pending(var reason, var starting) when starting -> throw Errors.starting(reason);
            case Handshake.Pending(var reason, var _) ->
                throw ApiException.unavailable("target_unavailable", "The model cannot be reached now: " + reason);
            case Handshake.Refused(var reason) ->
                throw ApiException.unavailable("target_refused", "The model cannot be used: " + reason);
        };
    }

    private static SamplingOptions sampling(CompletionRequest request, int promptTokens, Handshake.Agreed agreed) {
        SamplingOptions sampling = request.sampling(promptTokens);
        SamplingRules rules = sampling.rules();
        if (rules == null && request.logprobsMade().isEmpty()) {
            return sampling;
        }
        if (!agreed.protocol().knowsRules()) {
            throw ApiException.unavailable(
                    "target_too_old",
                    "The model's server is of a version that knows no penalties, biases, min_p, min_tokens, stop tokens, log-probabilities, structured answers and tools."
                            + " Leave them out, or try again when it has been upgraded.");
        }
        if (rules == null) {
            return sampling;
        }
        int vocabulary = agreed.model().vocabulary();
        requireKnown("logit_bias", rules.biases().tokens(), vocabulary);
        requireKnown("stop_token_ids", rules.stopTokens(), vocabulary);
        return sampling;
    }

    private static void requireKnown(String field, Tokens tokens, int vocabulary) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) >= vocabulary) {
                throw ApiException.invalid(
                        field,
                        "'" + field + "' names the token " + tokens.get(i) + ", but this model's ids end at "
                                + (vocabulary - 1) + ".");
            }
        }
    }

    private Tokens tokens(CompletionRequest request, ModelIdentity target) {
        return switch (request.prompt()) {
            case PromptForm.Written(var words) -> tokenize(request.api().promptField(), words);
            case PromptForm.Given(var tokens) -> {
                requireKnown(request.api().promptField(), tokens, target.vocabulary());
                yield tokens;
            }
        };
    }

    private Tokens tokenize(String field, Invocation.Tokenize words) {
        try {
            return calls.tokenize(settings.target(), words).tokens();
        } catch (EndpointException e) {
            if (!e.isRequestAtFault()) {
                endpoints.targetFailed();
            }
            throw Errors.of(e, field);
        }
    }

    /** Drafts for free. */
    private Tokens prediction(CompletionRequest request, Tokens prompt) {
        if (request.prediction().isEmpty() || request.speculation().mode() != Mode.WANSPEC) {
            return Tokens.none();
        }
        return switch (request.prediction().get()) {
            case PromptForm.Given(var tokens) -> tokens;
            case PromptForm.Written(var words) -> predicted(words, prompt);
        };
    }

    /** It only helps: one that the target cannot read, as one that is longer than its context, is none. */
    private Tokens predicted(Invocation.Tokenize words, Tokens prompt) {
        try {
            Tokens text =
                    Predictions.text(calls.tokenize(settings.target(), words).tokens(), prompt);
            return text.slice(0, Math.min(text.size(), Limits.SEQUENCE_TOKENS_MAX));
        } catch (EndpointException e) {
            if (e.isRequestAtFault()) {
                return Tokens.none();
            }
            endpoints.targetFailed();
            throw Errors.of(e, "prediction");
        }
    }

    private int maxTokens(CompletionRequest request, int promptTokens, ModelIdentity target) {
        int context = Math.min(target.contextTokens(), Limits.SEQUENCE_TOKENS_MAX);
        String field = request.api().promptField();
        if (promptTokens == 0) {
            throw ApiException.invalid(field, "'" + field + "' has no tokens. Give some text.");
        }
        if (promptTokens >= context) {
            throw ApiException.contextExceeded(
                    field,
                    "This model's context is " + context + " tokens, but '" + field + "' has " + promptTokens
                            + ", which leaves none for the answer. Shorten it.");
        }
        int left = context - promptTokens;
        int wanted = request.maxTokens().orElse(Math.min(tokensDefault(request.api()), left));
        if (wanted > left) {
            throw ApiException.contextExceeded(
                    field,
                    "This model's context is " + context + " tokens, but the request asks for "
                            + ((long) promptTokens + wanted) + ": " + promptTokens + " in '" + field + "' and " + wanted
                            + " for the completion. Shorten one of them.");
        }
        LogprobsBound.check(request, promptTokens, wanted);
        return wanted;
    }

    private int tokensDefault(Api api) {
        return api == Api.TEXT ? TEXT_TOKENS_DEFAULT : settings.limits().maxTokensDefault();
    }

    private List<Worker> workers(CompletionRequest request, Account account) {
        List<Worker> workers =
                drafts.workersFor(account.regions(), request.speculation().goal());
        boolean busy = workers.stream().anyMatch(w -> w.place() == Place.BUSY_REGION);
        if (request.speculation().mode() == Mode.COLOCATED && !busy) {
            throw ApiException.unavailable(
                    "no_busy_draft",
                    "Mode 'colocated' needs a draft worker in the busy region, and none can be used. See /healthz, or "
                            + "choose another mode.");
        }
        return workers;
    }
}
