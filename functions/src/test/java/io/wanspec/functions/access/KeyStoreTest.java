package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.table.TableModel;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keys as the table keeps them. That the model of the table is like the real one is tested with the table. */
class KeyStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-05T00:00:00Z");
    private final TableModel table = new TableModel(Clock.systemUTC());
    private final KeyStore store = new KeyStore(table);
    private final KeySecret secret = KeySecret.draw(Keys.RANDOM);
    private final AccessKey key = Keys.of(
            secret,
            "team",
            EnumSet.of(Scope.INFERENCE, Scope.METRICS),
            Keys.limits(60, 0, 5, 4),
            PromptRegions.only(Set.of("us-east-1", "eu-west-1")));

    @Test
    void aKeyIsFoundByItsHashAndByItsId() {
        store.create(key);
        assertThat(store.find(secret.hash())).contains(key);
        assertThat(store.findById(secret.id())).contains(key);
        assertThat(store.find("0".repeat(64))).isEmpty();
        assertThat(store.list()).containsExactly(key);
    }

    @Test
    void theTableNeverHoldsTheSecret() {
        store.create(key);
        String random = secret.reveal().substring(17);
        assertThat(table.all())
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.key() + " " + item.attributes())
                        .doesNotContain(random)
                        .doesNotContain(random.substring(0, 20)));
    }

    @Test
    void aRevokedKeyStaysRevokedSinceThen() {
        store.create(key);
        assertThat(store.revoke(key.id(), NOW))
                .hasValueSatisfying(revoked -> assertThat(revoked.revokedAt()).contains(NOW));
        assertThat(store.revoke(key.id(), NOW.plusSeconds(9)).orElseThrow().revokedAt())
                .contains(NOW);
        assertThat(store.find(secret.hash()).orElseThrow().stateAt(NOW)).isEqualTo(AccessKey.State.REVOKED);
        assertThat(store.revoke("abcdefabcdef", NOW)).isEmpty();
    }

    @Test
    void noKeyReplacesAnother() {
        store.create(key);
        assertThatThrownBy(() -> store.create(key)).isInstanceOf(IllegalStateException.class);
    }
}
