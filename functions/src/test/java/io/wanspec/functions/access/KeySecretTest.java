package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KeySecretTest {
    private static final Pattern SCANNED = Pattern.compile("\\bwsk_[0-9a-z]{12}_[0-9A-Za-z]{49}\\b");

    @Test
    void aKeyIsFoundByScannersAndReadAgain() {
        KeySecret secret = KeySecret.draw(Keys.RANDOM);
        assertThat(SCANNED.matcher("key=\"" + secret.reveal() + "\"").find()).isTrue();
        assertThat(secret.reveal()).hasSize(KeySecret.LENGTH);
        assertThat(KeySecret.parse(secret.reveal())).hasValueSatisfying(read -> {
            assertThat(read.id()).isEqualTo(secret.id());
            assertThat(read.hash()).isEqualTo(secret.hash()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void theSecretIsNoPartOfWhatAppearsInLogs() {
        KeySecret secret = KeySecret.draw(Keys.RANDOM);
        assertThat(secret.toString()).hasSize(20).doesNotContain(secret.reveal().substring(17));
    }

    @Test
    void theChecksumIsThatOfOtherProgramsToo() {
        // python3: zlib.crc32(b"wsk_000000000000_" + b"0" * 43) is 3435468414, in base 62 (0-9A-Za-z) 3kUsGs.
        String body = "wsk_000000000000_" + "0".repeat(43);
        assertThat(KeySecret.parse(body + "3kUsGs")).isPresent();
    }

    /** One wrong character, two that changed places: the checksum tells, and no table is asked. */
    @SeededTest(tries = 2_000)
    void typosAreNoKeys(Random random) {
        String right = KeySecret.draw(Keys.RANDOM).reveal();
        int at = Gen.between(random, 0, right.length() - 2);
        StringBuilder typo = new StringBuilder(right);
        if (random.nextBoolean()) {
            typo.setCharAt(at, (char) ('!' + random.nextInt('~' - '!' + 1)));
        } else {
            typo.setCharAt(at, right.charAt(at + 1));
            typo.setCharAt(at + 1, right.charAt(at));
        }
        assertThat(KeySecret.parse(typo.toString()).isPresent())
                .isEqualTo(typo.toString().equals(right));
    }

    @SeededTest(tries = 500)
    void anythingElseIsNoKey(Random random) {
        assertThat(KeySecret.parse(Gen.anyText(random, 100))).isEmpty();
    }
}
