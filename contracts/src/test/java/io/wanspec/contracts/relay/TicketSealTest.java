package io.wanspec.contracts.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.WorkerId;
import io.wanspec.testing.SeededTest;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A ticket is what was sealed, or nothing. */
final class TicketSealTest {
    private static final TicketSeal SEAL = TicketSeal.of("a key that nobody can guess, as we hope");
    private static final Instant NOW = Instant.parse("2126-01-01T00:00:00Z");

    private static Ticket ticket(Instant end) {
        return new Ticket(
                new WorkerId("7c1k09xq2mfb.a1b2c3d4"),
                "7c1k09xq2mfb",
                "campus",
                2,
                8,
                Set.of(CallerId.of("key-owner:team-a")),
                end);
    }

    @Test
    void isOpenedAsItWasSealedUntilItsTimeIsOver() {
        Ticket ticket = ticket(NOW.plusSeconds(60));
        String sealed = SEAL.seal(ticket);
        assertThat(SEAL.open(sealed, NOW)).contains(ticket);
        assertThat(SEAL.open(sealed, NOW.plusMillis(59_999))).contains(ticket);
        assertThat(SEAL.open(sealed, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void anotherKeyOpensNothing() {
        String sealed =
                TicketSeal.of("another key that nobody can guess either").seal(ticket(NOW.plusSeconds(60)));
        assertThat(SEAL.open(sealed, NOW)).isEmpty();
        assertThatThrownBy(() -> TicketSeal.of("short")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPassIsForItsSiteAndItsTimeAndIsNoTicket() {
        String pass = SEAL.pass("campus", NOW.plusSeconds(60));
        assertThat(SEAL.isPass(pass, "campus", NOW)).isTrue();
        assertThat(SEAL.isPass(pass, "other", NOW)).isFalse();
        assertThat(SEAL.isPass(pass, "campus", NOW.plusSeconds(60))).isFalse();
        assertThat(SEAL.isPass(pass.replaceFirst("[0-9]", "9"), "campus", NOW.plusSeconds(61)))
                .isFalse();
        assertThat(SEAL.open(pass, NOW)).isEmpty();
        assertThat(SEAL.isPass(SEAL.seal(ticket(NOW.plusSeconds(60))), "campus", NOW))
                .isFalse();
        assertThat(pass).matches("[A-Za-z0-9._-]+");
    }

    @SeededTest
    void whatWasChangedAnywhereIsNone(Random random) {
        StringBuilder changed = new StringBuilder(SEAL.seal(ticket(NOW.plusSeconds(60))));
        // The last character of the seal has bits that base64 does not use.
        int at = random.nextInt(changed.length() - 1);
        char before = changed.charAt(at);
        char after = (char) ('!' + random.nextInt(94));
        changed.setCharAt(at, after);
        if (after != before) {
            assertThat(SEAL.open(changed.toString(), NOW)).isEmpty();
        }
    }

    @SeededTest
    void noiseIsNone(Random random) {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(200); i > 0; i--) {
            noise.append((char) random.nextInt(128));
        }
        assertThat(SEAL.open(noise.toString(), NOW)).isEmpty();
        assertThat(SEAL.open(noise + "." + noise, NOW)).isEmpty();
    }
}
