package io.wanspec.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Generators of two functions that came out of one snapshot. */
@EnabledOnOs(OS.LINUX)
class FreshRandomnessTest {
    @Test
    void generatorsInOneStateDrawDifferentlyAfterwards() throws Exception {
        SecureRandom one = copy();
        SecureRandom other = copy();
        assertThat(one.nextLong()).isEqualTo(other.nextLong());

        FreshRandomness.stir(one);
        FreshRandomness.stir(other);

        assertThat(one.nextLong()).isNotEqualTo(other.nextLong());
    }

    /** The one whose state is the process's, not the object's: to stir any of them stirs all, those of UUIDs included. */
    @Test
    void theUsualGeneratorIsTheOneThatIsReckonedWith() {
        assertThat(new SecureRandom().getAlgorithm()).isEqualTo("NativePRNG");
    }

    private static SecureRandom copy() throws NoSuchAlgorithmException {
        SecureRandom generator = SecureRandom.getInstance("SHA1PRNG");
        generator.setSeed(1);
        return generator;
    }
}
