package io.wanspec.evaluation.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks nobody but a server on loopback; hours pass as the test's clock says. */
final class ProbeTest {
    private static final Instant NOON = Instant.parse("2126-11-30T12:00:00Z");
    private static final Probe.Rate RATE = new Probe.Rate(6, 2, 16);

    @TempDir
    private Path folder;

    private LoopbackEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = new LoopbackEndpoint();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void everySlotIsAskedOnceAtItsTime() throws Exception {
        Clock clock = new Clock(NOON);
        Probe.Outcome outcome = probe("", clock).run(RATE, log(), (done, of, failed) -> {});
        assertThat(outcome).isEqualTo(new Probe.Outcome(12, 12, 0));
        assertThat(endpoint.bodies())
                .hasSize(12)
                .allMatch(body -> body.contains("\"max_tokens\":16") && body.contains("\"model\":\"toy\""));
        assertThat(clock.asleepUntil).hasSize(12).isSorted();
        for (int i = 1; i < clock.asleepUntil.size(); i++) {
            assertThat(Duration.between(clock.asleepUntil.get(i - 1), clock.asleepUntil.get(i)))
                    .isEqualTo(Duration.ofMinutes(10));
        }
        ProbeLog.Read read = ProbeLog.read(log());
        assertThat(read.answers()).extracting(ProbeAnswer::slot).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(read.answers()).allSatisfy(answer -> {
            assertThat(answer.failure()).isNull();
            assertThat(answer.tokens()).isEqualTo(3);
            assertThat(answer.connectMs()).isNotNull();
            assertThat(answer.firstTokenMs()).isNotNull();
        });
        assertThat(read.answers().getLast().utcHour()).isEqualTo(13);
    }

    /** Killed while it wrote a line, and started again twenty minutes later. */
    @Test
    void aRunThatWasKilledIsGoneOnWith() throws Exception {
        Clock killed = new Clock(NOON);
        killed.dieBehind(5);
        assertThatThrownBy(() -> probe("", killed).run(RATE, log(), (done, of, failed) -> {}))
                .isInstanceOf(IOException.class);
        assertThat(ProbeLog.read(log()).answers()).hasSize(5);
        Files.writeString(log(), "{\"endpoint\":\"here\",\"sl", StandardOpenOption.APPEND);
        assertThat(ProbeLog.read(log()).answers())
                .as("a torn line does not count")
                .hasSize(5);

        Clock later = new Clock(NOON.plus(Duration.ofMinutes(70)));
        Probe.Outcome outcome = probe("", later).run(RATE, log(), (done, of, failed) -> {});
        List<Integer> slots =
                ProbeLog.read(log()).answers().stream().map(ProbeAnswer::slot).toList();
        assertThat(slots).as("5 and 6 were missed").containsExactly(0, 1, 2, 3, 4, 7, 8, 9, 10, 11);
        assertThat(outcome.answers()).isEqualTo(10);
        assertThat(endpoint.bodies()).hasSize(10);

        Clock over = new Clock(NOON.plus(Duration.ofHours(3)));
        assertThat(probe("", over).run(RATE, log(), (done, of, failed) -> {}).answers())
                .isEqualTo(10);
        assertThat(endpoint.bodies()).as("nobody is asked when it is over").hasSize(10);
    }

    @Test
    void aLogOfAnotherPlanIsNotGoneOnWith() throws Exception {
        probe("", new Clock(NOON)).run(RATE, log(), (done, of, failed) -> {});
        assertThatThrownBy(
                        () -> probe("", new Clock(NOON)).run(new Probe.Rate(7, 2, 16), log(), (done, of, failed) -> {}))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("another file with --out");
        Files.writeString(folder.resolve("other"), "hello\n");
        assertThatThrownBy(() -> ProbeLog.read(folder.resolve("other"))).hasMessageContaining("no log of a probe");
    }

    @Test
    void theKeyIsShownToTheEndpointAloneWhateverItAnswers() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "sk-secret-7\n");
        endpoint.refuseWith(401);
        probe("file:" + key, new Clock(NOON)).run(RATE, log(), (done, of, failed) -> {});
        assertThat(endpoint.keys()).containsOnly("Bearer sk-secret-7");
        assertThat(Files.readString(log())).doesNotContain("secret").contains("\"failure\":\"status 401\"");
        assertThatThrownBy(
                        () -> probe("env:WANSPEC_ABSENT", new Clock(NOON)).run(RATE, log(), (done, of, failed) -> {}))
                .hasMessageContaining("the variable WANSPEC_ABSENT holds no key");
    }

    @Test
    void endpointsTakeTurns() {
        ProbePlan plan = new ProbePlan(NOON, 6, 1, 16, List.of(asked("a"), asked("b")));
        assertThat(plan.time(1, 0)).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
        assertThat(plan.requests()).isEqualTo(12);
        assertThatThrownBy(() -> new ProbePlan(NOON, 120, 300, 16, List.of(asked("a"))))
                .hasMessageContaining("20000 times");
    }

    private static ProbePlan.Asked asked(String name) {
        return new ProbePlan.Asked(name, "us-east-1", "https://api.example.com/v1", "toy");
    }

    /** Under the same name: its answers would stand in the same row. */
    @Test
    void anotherEndpointOrModelIsAnotherPlan() throws Exception {
        probe("", new Clock(NOON)).run(RATE, log(), (done, of, failed) -> {});
        try (LoopbackEndpoint other = new LoopbackEndpoint()) {
            for (String line : List.of(
                    "here,us-east-1," + other.base() + ",toy,",
                    "here,us-east-1," + endpoint.base() + ",toy-2,",
                    "here,eu-west-1," + endpoint.base() + ",toy,")) {
                assertThatThrownBy(() -> new Probe(ProbeEndpoints.of(List.of(line)), Map.of(), _ -> new Clock(NOON))
                                .run(RATE, log(), (done, of, failed) -> {}))
                        .isInstanceOf(ProbeException.class)
                        .hasMessageContaining("other endpoints");
            }
            assertThat(other.bodies()).isEmpty();
        }
        assertThat(ProbeLog.read(log()).answers()).hasSize(12);
    }

    @Test
    void twoRunsDoNotWriteOneLog() throws Exception {
        ProbePlan plan = new ProbePlan(NOON, 6, 2, 16, List.of(asked("here")));
        try (ProbeLog first = ProbeLog.open(log(), plan)) {
            assertThatThrownBy(() -> ProbeLog.open(log(), plan))
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("another run writes");
            assertThat(first.before()).isEmpty();
        }
        ProbeLog.open(log(), plan).close();
        assertThat(ProbeLog.read(log()).plan()).isEqualTo(plan);
    }

    /** A process loses its lock of a file as soon as it closes any descriptor of it. */
    @Test
    void anotherProcessFindsALogLockedThatIsGoneOnWith() throws Exception {
        ProbePlan plan = new ProbePlan(NOON, 6, 2, 16, List.of(asked("here")));
        ProbeLog.open(log(), plan).close();
        try (ProbeLog goneOnWith = ProbeLog.open(log(), plan)) {
            assertThat(goneOnWith.plan()).isEqualTo(plan);
            assertThat(ProbeLocker.foundIn(log())).isEqualTo("locked");
        }
        assertThat(ProbeLocker.foundIn(log())).isEqualTo("free");
    }

    @Test
    void aLogOfTheFirstVersionIsReportedButNotGoneOnWith() throws Exception {
        Files.writeString(log(), """
                {"probe":1,"began":"2126-11-30T12:00:00Z","perHour":6,"hours":2.0,"maxTokens":16,"endpoints":["here"]}
                {"endpoint":"here","region":"us-east-1","slot":0,"at":"2126-11-30T12:00:00Z","connectMs":1.0,"firstTokenMs":2.0,\
                "tokensPerSecond":3.0,"tokens":3,"totalMs":4.0,"failure":null}
                """);
        ProbeLog.Read read = ProbeLog.read(log());
        assertThat(read.version()).isEqualTo(1);
        assertThat(ProbeFindings.of(read).endpoints()).hasSize(1);
        assertThatThrownBy(() -> ProbeLog.open(log(), read.plan()))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("older version");
    }

    @Test
    void mistakesInTheListAreToldByLine() {
        assertMistake("a,us-east-1,http://example.com/v1,m,", "line 2: the endpoint must be at an https address");
        assertMistake("a,us-east-1,https://x.example/v1,m,sk-123", "never the key itself");
        assertMistake("a,us-east-1,https://x.example/v1", "line 2 has 3 columns");
        assertMistake("a b,us-east-1,https://x.example/v1,m,", "must be letters, digits");
        assertMistake("a,r,https://x.example/v1,m,\na,r,https://x.example/v1,m,", "line 3: 'a' is there twice");
        assertMistake("a,us-east-1,http://my_host:8080/v1,m,", "line 2: the endpoint must be at an https address");
        assertMistake("# none", "has 0 endpoints");
    }

    private static void assertMistake(String lines, String told) {
        assertThatThrownBy(() -> ProbeEndpoints.of(
                        ("name,region,url,model,key\n" + lines).lines().toList()))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("sk-123");
    }

    private Path log() {
        return folder.resolve("probe.jsonl");
    }

    private Probe probe(String key, Clock clock) throws ProbeException {
        ProbeEndpoints endpoints = ProbeEndpoints.of(List.of("here,us-east-1," + endpoint.base() + ",toy," + key));
        return new Probe(endpoints, Map.of(), _ -> clock);
    }

    /** Time passes while somebody sleeps, and not otherwise. */
    private static final class Clock implements ProbeClock {
        private final List<Instant> asleepUntil = new ArrayList<>();
        private Instant now;
        private int sleepsMax = Integer.MAX_VALUE;

        Clock(Instant now) {
            this.now = now;
        }

        void dieBehind(int sleeps) {
            sleepsMax = sleeps;
        }

        @Override
        public synchronized Instant now() {
            return now;
        }

        @Override
        public synchronized void sleepUntil(Instant time) throws InterruptedException {
            if (asleepUntil.size() == sleepsMax) {
                throw new InterruptedException("killed");
            }
            asleepUntil.add(time);
            now = time.isAfter(now) ? time : now;
        }
    }
}
