package io.wanspec.functions.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.link.EndpointCalls;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.SageMakerClients;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.TableModel;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What it costs that nobody can go on, because the target is away. */
@Timeout(180)
final class ResumptionTest {
    private static final SessionRequest REQUEST = SampleSessions.request("s", SampleSessions.PROMPT);
    private static final SessionId ID = REQUEST.generation().session();
    private static final Duration RECENT = Duration.ofSeconds(2);
    private static final EndpointAddress AWAY =
            new EndpointAddress("us-east-1", "target", URI.create("http://127.0.0.1:1"));

    private final TableModel table = new TableModel(Clock.systemUTC());
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void isAHeadThatIsReadAndOneAttemptForAllReaders() {
        var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        try (var clients = new SageMakerClients(credentials, ServingLimits.defaults());
                var endpoints = endpoints(clients);
                var store = new SessionStore(table, settings, Clock.systemUTC())) {
            var resumption = new Resumption(
                    store,
                    endpoints,
                    (regions, goal) -> List.of(),
                    AWAY.region(),
                    key -> Optional.empty(),
                    _ -> {},
                    new VainAttempts(RECENT, RECENT, nanos::get));
            store.queue(REQUEST);
            assertThat(resumption.isInVain(ID)).isFalse();

            long before = table.itemsRead();
            assertThat(resumption.resume(ID)).isInstanceOf(Resumable.Later.class);
            assertThat(table.itemsRead() - before).isEqualTo(1);
            assertThat(resumption.isInVain(ID)).isTrue();
            nanos.addAndGet(RECENT.toNanos());
            assertThat(resumption.isInVain(ID)).isFalse();

            store.cancel(ID, head -> {});
            assertThat(resumption.resume(ID))
                    .isInstanceOfSatisfying(
                            Resumable.Ended.class,
                            ended -> assertThat(ended.record().status()).isEqualTo(SessionStatus.CANCELLED));
        }
    }

    /** As in mid-update: it would make another text, and waits for one that does not. */
    @Test
    void whatHasRulesIsNotTakenForATargetThatKnowsNone() {
        var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        try (var clients = new SageMakerClients(credentials, ServingLimits.defaults());
                var endpoints = endpoints(clients);
                var store = new SessionStore(table, settings, Clock.systemUTC())) {
            var resumption = new Resumption(
                    store,
                    endpoints,
                    (regions, goal) -> List.of(),
                    AWAY.region(),
                    key -> Optional.empty(),
                    _ -> {},
                    new VainAttempts(RECENT, RECENT, nanos::get));
            store.queue(REQUEST);

            assertThat(resumption.take(ID, REQUEST.target(), new ProtocolVersion(2)))
                    .isInstanceOfSatisfying(
                            Resumable.Later.class,
                            later -> assertThat(later.reason()).contains("knows no rules"));
            assertThat(resumption.take(ID, REQUEST.target(), ProtocolVersion.CURRENT))
                    .isInstanceOf(Resumable.Ready.class);
        }
    }

    private static Endpoints endpoints(SageMakerClients clients) {
        return new Endpoints(
                new WanSpecSettings(AWAY, List.of(), REQUEST.speculation(), ServingLimits.defaults(), null),
                new EndpointCalls(clients),
                warmed -> {});
    }
}
