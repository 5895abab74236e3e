package io.wanspec.cli;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.settings.PromptRegions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a new key may do, and how much of it. */
final class KeyPolicyOptions {
    private static final int DAYS_MAX = 3_650;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private Set<Scope> scopes = Scope.usual();
    private PromptRegions regions = PromptRegions.any();
    private Optional<Duration> lifetime = Optional.empty();
    private OptionalLong requestsPerMinute = OptionalLong.empty();
    private OptionalLong tokensPerMinute = OptionalLong.empty();
    private OptionalLong tokensPerDay = OptionalLong.empty();
    private OptionalLong concurrent = OptionalLong.empty();

    @Option(
            names = "--scopes",
            paramLabel = "LIST",
            description = "What it opens: some of inference, responses, metrics, with commas (default:"
                    + " inference,responses).")
    void setScopes(String value) {
        EnumSet<Scope> named = EnumSet.noneOf(Scope.class);
        for (String word : value.split(",", -1)) {
            named.add(Scope.find(word)
                    .filter(scope -> scope != Scope.WORKER)
                    .orElseThrow(() -> bounds().outside(
                                    "--scopes",
                                    value,
                                    "some of inference, responses, metrics, with commas",
                                    "--scopes inference,responses")));
        }
        scopes = named;
    }

    @Option(
            names = "--prompt-regions",
            paramLabel = "LIST",
            description =
                    "Regions where its prompts may be seen, with commas; the model's must be among them (default: any).")
    void setRegions(String value) {
        try {
            regions = PromptRegions.only(List.of(value.split(",", -1)));
        } catch (IllegalArgumentException e) {
            throw bounds().outside(
                            "--prompt-regions", value, "names of regions, with commas", "--prompt-regions us-east-1");
        }
    }

    @Option(
            names = "--expires-days",
            paramLabel = "N",
            description = "How long it lives, 1 to 3650 (default: until revoked).")
    void setLifetime(String value) {
        lifetime = Optional.of(
                Duration.ofDays(bounds().whole("--expires-days", value, 1, DAYS_MAX, " (days)", "--expires-days 90")));
    }

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "Requests that make or change something (default: no limit).")
    void setRequestsPerMinute(String value) {
        requestsPerMinute = limit("--requests-per-minute", value);
    }

    @Option(
            names = "--tokens-per-minute",
            paramLabel = "N",
            description = "Tokens of prompts and answers (default: no limit).")
    void setTokensPerMinute(String value) {
        tokensPerMinute = limit("--tokens-per-minute", value);
    }

    @Option(
            names = "--tokens-per-day",
            paramLabel = "N",
            description = "Tokens of prompts and answers on one day of UTC (default: no limit).")
    void setTokensPerDay(String value) {
        tokensPerDay = limit("--tokens-per-day", value);
    }

    @Option(names = "--concurrent", paramLabel = "N", description = "Answers made at once (default: no limit).")
    void setConcurrent(String value) {
        concurrent = limit("--concurrent", value);
    }

    KeyMaker.Policy policy() {
        var limits = new KeyLimits(requestsPerMinute, tokensPerMinute, tokensPerDay, concurrent);
        return new KeyMaker.Policy(scopes, limits, regions, lifetime);
    }

    private OptionalLong limit(String option, String value) {
        return OptionalLong.of(bounds().whole(option, value, 1, KeyLimits.LIMIT_MAX, "", option + " 60"));
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
