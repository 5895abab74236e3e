package io.wanspec.functions.store;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenBiases;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.contracts.request.DraftKind;
import io.wanspec.contracts.request.DraftOptions;
import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.RedundancyKind;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionControl;
import io.wanspec.functions.session.SessionRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Sessions that tests remember. */
public final class SampleSessions {
    /** To come: an emulator deletes what has expired by its own clock. */
    static final Instant NOW = Instant.parse("2126-11-01T12:00:00Z");

    public static final Tokens PROMPT = Tokens.of(1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE);

    static final SessionInput INPUT = new SessionInput(PROMPT, Tokens.none());
    private static final ModelIdentity MODEL = new ModelIdentity("m", "a".repeat(64), "b".repeat(64), 10, 131_072);

    private static final SamplingRules RULES = new SamplingRules(
            PROMPT.size(),
            0.5,
            -0.25,
            1.1,
            new TokenBiases(Tokens.of(5, 6), List.of(-100.0, 0.1)),
            0.05,
            0,
            false,
            Tokens.of(9, 8),
            true,
            Grammar.of("root ::= \"é\\n\" [^\\x00]*"));

    /** Of a session that cannot be asked for anything. */
    public static final SessionControl NO_CONTROL = new SessionControl() {
        @Override
        public void cancel() {}

        @Override
        public void leave() {}

        @Override
        public void recordGone() {}
    };

    private SampleSessions() {}

    public static SessionRequest request(String id, Tokens prompt) {
        var generation = new GenerationRequest(
                new SessionId(id),
                prompt,
                new SamplingOptions(0.7, 40, 0.9, -5, RULES.behind(prompt.size())),
                1_000,
                List.of("\n\n", "END"));
        var speculation = new Speculation(
                Mode.WANSPEC,
                Goal.EAGER,
                Optional.of(RedundancyKind.VALUE),
                OptionalDouble.empty(),
                OptionalDouble.of(0.25),
                new DraftOptions(
                        DraftKind.TREE,
                        OptionalInt.of(7),
                        OptionalInt.empty(),
                        OptionalInt.of(3),
                        OptionalInt.empty()));
        return new SessionRequest(
                generation,
                speculation,
                MODEL,
                List.of(),
                new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null),
                Account.nobody(),
                0);
    }

    static SessionHead head(String id, Lease lease) {
        return SessionHead.of(request(id, PROMPT), lease, NOW, NOW.plusSeconds(3_600));
    }

    /** So many tokens from {@code first} on, each with a piece that says which. */
    public static Progress progress(int first, int count, @Nullable FinishReason finish) {
        int[] ids = new int[count];
        Arrays.setAll(ids, i -> first + i);
        return new Progress(
                Tokens.of(ids), Arrays.stream(ids).mapToObj(id -> " " + id).toList(), finish);
    }
}
