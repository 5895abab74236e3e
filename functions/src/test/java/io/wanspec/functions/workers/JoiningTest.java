package io.wanspec.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.resume.TestTime;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.table.TableModel;
import io.wanspec.testing.SeededTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in, with how many slots, and for how long. */
final class JoiningTest {
    private static final Instant START = Instant.parse("2126-01-01T00:00:00Z");
    private static final TicketSeal SEAL = TicketSeal.of("a key that nobody can guess, as we hope");
    private static final EndpointAddress RELAY = new EndpointAddress("us-east-1", "relay", null);

    private TestTime time;
    private TableModel table;
    private WorkerTokens tokens;
    private Roster roster;
    private Joining joining;
    private KeySecret secret;

    @BeforeEach
    void start() {
        time = new TestTime(START);
        table = new TableModel(time);
        tokens = new WorkerTokens(table);
        roster = new Roster(table);
        joining = new Joining(tokens, roster, SEAL, RELAY, DialAccess.NONE, time);
        secret = KeySecret.draw(Keys.RANDOM);
        tokens.create(SiteTokens.of(secret, new WorkerScope("campus", 5, 2, Set.of("team-a"))));
    }

    private JoinOutcome join(String instance, int slots) {
        return joining.join(secret.id(), SiteTokens.request(instance, slots));
    }

    private static Ticket ticket(JoinOutcome outcome) {
        assertThat(outcome).isInstanceOf(JoinOutcome.Admitted.class);
        return ((JoinOutcome.Admitted) outcome).ticket();
    }

    @Test
    void aTokenGivesATicketThatSaysWhatTheTokenSays() {
        JoinOutcome outcome = join("aaaaaaaa", 2);
        Ticket ticket = ticket(outcome);
        assertThat(ticket.worker().value()).isEqualTo(secret.id() + ".aaaaaaaa");
        assertThat(ticket.site()).isEqualTo("campus");
        assertThat(ticket.slots()).isEqualTo(2);
        assertThat(ticket.tokenSlots()).isEqualTo(5);
        assertThat(ticket.callers()).containsExactly(CallerId.of("key-owner:team-a"));
        assertThat(ticket.expiresAt()).isEqualTo(START.plusSeconds(Ticket.LIFE_SECONDS));
        assertThat(SEAL.open(((JoinOutcome.Admitted) outcome).sealed(), START)).contains(ticket);
    }

    @Test
    void whoIsThereIsOnTheRosterWithItsAge() {
        join("aaaaaaaa", 2);
        time.pass(Duration.ofSeconds(20));
        join("aaaaaaaa", 2);
        time.pass(Duration.ofSeconds(7));
        assertThat(roster.with(secret.id())).singleElement().satisfies(entry -> {
            assertThat(entry.site()).isEqualTo("campus");
            assertThat(entry.model()).isEqualTo(SiteTokens.MODEL);
            assertThat(entry.joinedAt()).isEqualTo(START);
            assertThat(entry.age(time.instant())).isEqualTo(Duration.ofSeconds(7));
            assertThat(entry.pass()).isEmpty();
        });
        time.pass(Roster.KEPT);
        assertThat(roster.with(secret.id())).isEmpty();
    }

    @Test
    void whatItMeasuredIsOnTheRoster() {
        joining.join(
                secret.id(),
                new JoinRequest(
                        "aaaaaaaa",
                        SiteTokens.MODEL,
                        ProtocolVersion.CURRENT,
                        2,
                        1,
                        Optional.of(Duration.ofNanos(8_200_000)),
                        Optional.of(Duration.ofMillis(31)),
                        false,
                        false));
        assertThat(roster.with(secret.id())).singleElement().satisfies(entry -> {
            assertThat(entry.busy()).isEqualTo(1);
            assertThat(entry.pass()).contains(Duration.ofNanos(8_200_000));
            assertThat(entry.toRelay()).contains(Duration.ofMillis(31));
        });
    }

    @Test
    void slotsAreOfTheTokenAndWorkersAreCounted() {
        assertThat(ticket(join("aaaaaaaa", 3)).slots()).isEqualTo(3);
        assertThat(ticket(join("bbbbbbbb", 3)).slots()).isEqualTo(2);
        assertThat(join("cccccccc", 1)).isInstanceOf(JoinOutcome.Full.class);
        assertThat(joining.join(secret.id(), SiteTokens.leaving("aaaaaaaa"))).isEqualTo(new JoinOutcome.Left());
        assertThat(ticket(join("cccccccc", 3)).slots()).isEqualTo(3);
        time.pass(Roster.KEPT);
        assertThat(ticket(join("dddddddd", 5)).slots()).isEqualTo(5);
    }

    /** The table forgets them late. */
    @Test
    void thoseWhoWereThereHideNobodyWhoIs() {
        for (int instance = 0; instance < 2 * WorkerScope.WORKERS_MAX; instance++) {
            join(String.format(Locale.ROOT, "a%07d", instance), 5);
            time.pass(Roster.KEPT);
        }
        ticket(join("zzzzzzzz", 5));
        assertThat(roster.with(secret.id()))
                .extracting(entry -> entry.id().value())
                .containsExactly(secret.id() + ".zzzzzzzz");
        assertThat(join("yyyyyyyy", 1)).isInstanceOf(JoinOutcome.Full.class);
        assertThat(table.keys("workers", 1_000)).hasSizeLessThan(10);
    }

    @Test
    void aRevokedTokenGivesNoFurtherTicket() {
        Ticket last = ticket(join("aaaaaaaa", 1));
        assertThat(tokens.revoke(secret.id(), time.instant())).isPresent();
        assertThat(join("aaaaaaaa", 1)).isEqualTo(new JoinOutcome.NoToken());
        time.pass(Duration.ofSeconds(Ticket.LIFE_SECONDS));
        assertThat(last.isOver(time.instant())).isTrue();
        assertThat(tokens.list())
                .singleElement()
                .satisfies(token -> assertThat(token.key().revokedAt()).isPresent());
    }

    @Test
    void aKeyThatIsNoTokenLetsNobodyIn() {
        KeySecret usual = KeySecret.draw(Keys.RANDOM);
        new KeyStore(table).create(Keys.usual(usual, "team-a"));
        assertThat(joining.join(usual.id(), SiteTokens.request("aaaaaaaa", 1))).isEqualTo(new JoinOutcome.NoToken());
        assertThat(tokens.revoke(usual.id(), time.instant())).isEmpty();
        assertThat(new KeyStore(table).findById(usual.id()).orElseThrow().revokedAt())
                .isEmpty();
        assertThat(tokens.list()).hasSize(1);
    }

    /** Whatever workers do, no more are on the roster, and no more slots given, than the token says. */
    @SeededTest(tries = 200)
    void workersOfATokenStayWithinIt(Random random) {
        WorkerScope scope = new WorkerScope("campus", 1 + random.nextInt(10), 1 + random.nextInt(5), Set.of());
        KeySecret other = KeySecret.draw(Keys.RANDOM);
        tokens.create(SiteTokens.of(other, scope));
        for (int step = 0; step < 40; step++) {
            String instance = "worker0" + random.nextInt(8);
            if (random.nextInt(4) == 0) {
                joining.join(other.id(), SiteTokens.leaving(instance));
            } else {
                joining.join(other.id(), SiteTokens.request(instance, 1 + random.nextInt(6)));
            }
            time.pass(Duration.ofSeconds(random.nextInt(30)));
            var there = roster.with(other.id());
            assertThat(there).hasSizeLessThanOrEqualTo(scope.workers());
            assertThat(there.stream().mapToInt(RosterEntry::slots).sum()).isLessThanOrEqualTo(scope.slots());
        }
    }
}
