package io.wanspec.functions.http;

import static io.micronaut.http.annotation.Filter.MATCH_ALL_PATTERN;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.wanspec.functions.access.Caller;
import io.wanspec.functions.access.Gatekeeper;
import io.wanspec.functions.access.GatewayWord;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.access.RouteScopes;
import io.wanspec.functions.access.budget.Budgets;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks every request for its key, before anything else looks at it. There where access is controlled, and only there. */
@ServerFilter(MATCH_ALL_PATTERN)
@Requires(beans = Gatekeeper.class)
public class AccessFilter {
    private final Gatekeeper gatekeeper;
    private final Budgets budgets;

    AccessFilter(Gatekeeper gatekeeper, Budgets budgets) {
        this.gatekeeper = gatekeeper;
        this.budgets = budgets;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable
    HttpResponse<?> admit(HttpRequest<?> request) {
        Gatekeeper.Entry entry = gatekeeper.enter(
                request.getMethodName(),
                request.getPath(),
                request.getHeaders().findFirst("authorization"),
                request.getHeaders().getAll(GatewayWord.HEADER));
        return switch (entry) {
            case Gatekeeper.Entry.Public() -> null;
            case Gatekeeper.Entry.Admitted(Caller caller) -> admitted(request, caller);
            case Gatekeeper.Entry.Unknown(var reason) -> KeyErrors.unknown(reason);
            case Gatekeeper.Entry.Forbidden(var lacking) -> KeyErrors.forbidden(lacking);
            case Gatekeeper.Entry.Undecided(var why) -> KeyErrors.undecided(why);
        };
    }

    @Nullable
    private HttpResponse<?> admitted(HttpRequest<?> request, Caller caller) {
        request.setAttribute(Caller.ATTRIBUTE, caller);
        if (!RouteScopes.isCounted(request.getMethodName())) {
            return null;
        }
        try {
            return budgets.request(caller)
                    .map(hit -> withWhatIsLeft(KeyErrors.limited(hit), caller))
                    .orElse(null);
        } catch (SdkException e) {
            return KeyErrors.undecided("what this key has used cannot be read");
        }
    }

    @ResponseFilter
    void tellWhatIsLeft(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Ownership.caller(request).ifPresent(caller -> withWhatIsLeft(response, caller));
    }

    private MutableHttpResponse<?> withWhatIsLeft(MutableHttpResponse<?> response, Caller caller) {
        budgets.requests(caller).ifPresent(view -> RateHeaders.put(response, "requests", view));
        budgets.tokens(caller).ifPresent(view -> RateHeaders.put(response, "tokens", view));
        return response;
    }
}
