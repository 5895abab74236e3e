package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.functions.LifecycleTest;
import io.wanspec.functions.Stage;
import io.wanspec.functions.resume.Resumable;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.SessionSink;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the wire: a draft region that may not see a key's prompts is sent nothing of them, whoever makes the text and when. */
final class PromptRegionsTest {
    private static final String CHAT = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\":"
            + " \"Hello\"}], \"max_tokens\": 60, \"seed\": 3";
    private static KeyedStage keyed;
    private static CountedModel abroad;
    private static KeySecret kept;
    private static KeySecret free;

    @BeforeAll
    static void start() throws Exception {
        keyed = new KeyedStage();
        abroad = new CountedModel(keyed.stage.remote);
        keyed.stage.serve("remote", abroad);
        kept = keyed.key("kept", Scope.usual(), KeyLimits.none(), PromptRegions.only(List.of("us-east-1")));
        free = keyed.key("free");
    }

    @AfterAll
    static void stop() {
        keyed.close();
    }

    /** As background work waits for whoever takes it. */
    private static SessionRequest queued(Account account) {
        return queued(account, "sess_waiting");
    }

    private static SessionRequest queued(Account account, String id) {
        var generation =
                new GenerationRequest(new SessionId(id), Tokens.of(1, 2, 3), SamplingOptions.greedy(), 60, List.of());
        var terms = new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null);
        return new SessionRequest(
                generation,
                Speculation.defaults(),
                ToyLanguage.identity(Stage.MODEL, 'a'),
                List.of(),
                terms,
                account,
                System.nanoTime());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"}", ", \"stream\": true}", ", \"wanspec\": {\"goal\": \"fast\", \"redundancy\": \"always\"}}"})
    void aRegionThatMayNotSeePromptsIsSentNothing(String options) throws Exception {
        // What others said may still be under way.
        assertThat(LifecycleTest.eventually(() -> keyed.stage.remote.open.get() == 0))
                .isTrue();
        long before = abroad.frames.get();
        long bytes = abroad.bytes.get();
        assertThat(keyed.post(kept, "/v1/chat/completions", CHAT + options).statusCode())
                .isEqualTo(200);
        assertThat(abroad.frames.get() - before).as("frames of the kept key").isZero();
        assertThat(abroad.bytes.get()).as("bytes").isEqualTo(bytes);
        assertThat(keyed.post(free, "/v1/chat/completions", CHAT + options).statusCode())
                .isEqualTo(200);
        assertThat(abroad.frames.get()).as("what is counted can be seen").isGreaterThan(before);
    }

    @Test
    void whoeverGoesOnWithASessionKeepsToItsRegions() throws Exception {
        ApplicationContext context = keyed.stage.server.getApplicationContext();
        Caller caller = keyed.keys.find(kept.hash()).orElseThrow().caller();
        SessionRequest queued = queued(Account.of(Optional.of(caller)));
        context.getBean(SessionStore.class).queue(queued);
        Resumable resumable =
                context.getBean(Resumption.class).resume(queued.generation().session());
        assertThat(resumable).isInstanceOf(Resumable.Ready.class);
        var request = ((Resumable.Ready) resumable).request();
        assertThat(request.account().regions()).isEqualTo(PromptRegions.only(List.of("us-east-1")));

        long before = abroad.frames.get();
        var end = new CompletableFuture<SessionOutcome>();
        try (var admission = context.getBean(Sessions.class).admit()) {
            admission.start(request, new SessionSink() {
                @Override
                public boolean text(List<String> pieces) {
                    return true;
                }

                @Override
                public void ended(SessionOutcome outcome) {
                    end.complete(outcome);
                }
            });
        }
        assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(SessionOutcome.Finished.class);
        assertThat(abroad.frames.get() - before).isZero();
    }

    @Test
    void aPolicyThatBecameStricterHoldsForWhatIsGoneOnWith() throws Exception {
        ApplicationContext context = keyed.stage.server.getApplicationContext();
        KeySecret secret = keyed.key("changing");
        long before = abroad.frames.get();
        SessionId session = queued(context, secret, "sess_stricter");
        set(context, secret, PromptRegions.only(List.of("us-east-1")));
        var ready = (Resumable.Ready) context.getBean(Resumption.class).resume(session);
        assertThat(ready.request().workers())
                .extracting(worker -> worker.id().value())
                .containsExactly("busy");
        assertThat(ready.request().account().regions()).isEqualTo(PromptRegions.only(List.of("us-east-1")));
        assertThat(abroad.frames.get()).isEqualTo(before);
    }

    @Test
    void whereTheTargetMayNotSeeThePromptAnyMoreItsSessionFails() throws Exception {
        ApplicationContext context = keyed.stage.server.getApplicationContext();
        KeySecret secret = keyed.key("leaving");
        SessionId session = queued(context, secret, "sess_leaving");
        int passes = keyed.stage.target.passes.get();
        set(context, secret, PromptRegions.only(List.of("eu-west-1")));
        assertThat(context.getBean(Resumption.class).resume(session))
                .isInstanceOfSatisfying(Resumable.Ended.class, ended -> {
                    assertThat(ended.record().status()).isEqualTo(SessionStatus.FAILED);
                    assertThat(ended.record().failure()).contains("may not be seen in us-east-1");
                });
        assertThat(keyed.stage.target.passes.get()).isEqualTo(passes);
    }

    @Test
    void aPolicyThatWasLoosenedDoesNotLoosenWhatBeganBefore() throws Exception {
        ApplicationContext context = keyed.stage.server.getApplicationContext();
        KeySecret secret = keyed.key(
                "loosened", Scope.usual(), KeyLimits.none(), PromptRegions.only(List.of("us-east-1", "us-west-2")));
        SessionId session = queued(context, secret, "sess_loosened");
        set(context, secret, PromptRegions.any());
        var ready = (Resumable.Ready) context.getBean(Resumption.class).resume(session);
        assertThat(ready.request().account().regions())
                .isEqualTo(PromptRegions.only(List.of("us-east-1", "us-west-2")));
    }

    private static SessionId queued(ApplicationContext context, KeySecret secret, String id) {
        Caller caller = keyed.keys.find(secret.hash()).orElseThrow().caller();
        SessionRequest waiting = queued(Account.of(Optional.of(caller)), id);
        context.getBean(SessionStore.class).queue(waiting);
        return waiting.generation().session();
    }

    private static void set(ApplicationContext context, KeySecret secret, PromptRegions regions) {
        AccessKey key = keyed.keys.find(secret.hash()).orElseThrow();
        var changed = new AccessKey(
                key.id(),
                key.hash(),
                key.name(),
                key.owner(),
                key.scopes(),
                key.limits(),
                regions,
                key.createdAt(),
                key.expiresAt(),
                key.revokedAt());
        context.getBean(Table.class).put(KeyItem.write(changed));
    }

    @Test
    void regionsTogetherAreThoseOfBoth() {
        assertThat(PromptRegions.parse("a,b").and(PromptRegions.parse("b,c"))).isEqualTo(PromptRegions.parse("b"));
        assertThat(PromptRegions.any().and(PromptRegions.parse("b"))).isEqualTo(PromptRegions.parse("b"));
        assertThat(PromptRegions.parse("b").and(PromptRegions.any())).isEqualTo(PromptRegions.parse("b"));
        assertThat(PromptRegions.any().and(PromptRegions.any())).isEqualTo(PromptRegions.any());
        assertThat(PromptRegions.parse("a").and(PromptRegions.parse("b"))).isEqualTo(PromptRegions.parse("none"));
    }

    @Test
    void regionsAsTextAndBack() {
        assertThat(PromptRegions.parse("")).isEqualTo(PromptRegions.any());
        assertThat(PromptRegions.parse("b,a").toString()).isEqualTo("a,b");
        assertThat(PromptRegions.parse("none").allows("us-east-1")).isFalse();
        assertThat(PromptRegions.parse(PromptRegions.only(List.of()).toString()))
                .isEqualTo(PromptRegions.only(List.of()));
        assertThat(PromptRegions.any().allows("anywhere")).isTrue();
        assertThatThrownBy(() -> PromptRegions.parse("us east")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PromptRegions.parse("a,,b")).isInstanceOf(IllegalArgumentException.class);
    }
}
