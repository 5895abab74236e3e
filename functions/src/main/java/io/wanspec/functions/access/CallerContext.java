package io.wanspec.functions.access;

import io.wanspec.contracts.CallerId;
import io.wanspec.functions.settings.PromptRegions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A caller as an authorizer hands him on through API Gateway: texts by name, which is all that a REST API's context may hold.
 * Nothing in it is secret.
 */
public final class CallerContext {
    private static final String CALLER = "wanspecCaller";
    private static final String KEY = "wanspecKey";
    private static final String SCOPES = "wanspecScopes";
    private static final String REGIONS = "wanspecRegions";
    private static final String LIMITS = "wanspecLimits";
    private static final int LIMITS_COUNT = 4;

    private CallerContext() {}

    public static Map<String, String> write(Caller caller) {
        Map<String, String> context = new LinkedHashMap<>();
        context.put(CALLER, caller.id().value());
        context.put(KEY, caller.keyId());
        context.put(SCOPES, Scope.words(caller.scopes()));
        context.put(REGIONS, caller.regions().toString());
        KeyLimits limits = caller.limits();
        context.put(
                LIMITS,
                String.join(
                        ",",
                        text(limits.requestsPerMinute()),
                        text(limits.tokensPerMinute()),
                        text(limits.tokensPerDay()),
                        text(limits.concurrent())));
        return context;
    }

    /** Empty if anything is missing or cannot be read: a caller of whom half is known is none. */
    public static Optional<Caller> read(Map<String, String> context) {
        try {
            return Optional.of(new Caller(
                    new CallerId(required(context, CALLER)),
                    required(context, KEY),
                    Scope.parse(required(context, SCOPES)),
                    limits(required(context, LIMITS).split(",", -1)),
                    PromptRegions.parse(required(context, REGIONS))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String required(Map<String, String> context, String name) {
        return Optional.ofNullable(context.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
    }

    private static KeyLimits limits(String[] parts) {
        if (parts.length != LIMITS_COUNT) {
            throw new IllegalArgumentException("limits");
        }
        return new KeyLimits(number(parts[0]), number(parts[1]), number(parts[2]), number(parts[3]));
    }

    private static String text(OptionalLong limit) {
        return limit.isPresent() ? String.valueOf(limit.getAsLong()) : "";
    }

    private static OptionalLong number(String text) {
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }
}
