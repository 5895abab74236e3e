package io.wanspec.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokensTest {
    @SeededTest
    void slicesJoinToTheWhole(Random random) {
        Tokens all = Tokens.of(ids(random));
        int cut = Gen.between(random, 0, all.size());
        assertThat(all.slice(0, cut).plus(all.from(cut))).isEqualTo(all);
    }

    @SeededTest
    void aBranchIsTheFoldOfItsTokens(Random random) {
        int[] ids = ids(random);
        Branch branch = Branch.ROOT;
        for (int id : ids) {
            branch = branch.then(id);
        }
        assertThat(Branch.of(Tokens.of(ids))).isEqualTo(branch);
        assertThat(Branch.parse(branch.hex())).isEqualTo(branch);
    }

    @SeededTest
    void otherTokensGiveOtherBranches(Random random) {
        int a = id(random);
        int b = id(random);
        assertThat(Branch.ROOT.then(a).equals(Branch.ROOT.then(b))).isEqualTo(a == b);
        if (a != b) {
            assertThat(Branch.of(Tokens.of(a, b))).isNotEqualTo(Branch.of(Tokens.of(b, a)));
        }
    }

    @Test
    void negativeIdsAreRefused() {
        assertThatThrownBy(() -> Tokens.of(3, -1)).hasMessageContaining("-1");
    }

    private static int[] ids(Random random) {
        return Gen.ints(random, 0, 40, () -> id(random));
    }

    private static int id(Random random) {
        return Gen.between(random, 0, Integer.MAX_VALUE);
    }
}
