package io.wanspec.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokensTest {
    @Property
    void slicesJoinToTheWhole(@ForAll("ids") int[] ids, @ForAll @IntRange(min = 0, max = 50) int at) {
        Tokens all = Tokens.of(ids);
        int cut = Math.min(at, all.size());
        assertThat(all.slice(0, cut).plus(all.from(cut))).isEqualTo(all);
    }

    @Property
    void aBranchIsTheFoldOfItsTokens(@ForAll("ids") int[] ids) {
        Branch branch = Branch.ROOT;
        for (int id : ids) {
            branch = branch.then(id);
        }
        assertThat(Branch.of(Tokens.of(ids))).isEqualTo(branch);
        assertThat(Branch.parse(branch.hex())).isEqualTo(branch);
    }

    @Property
    void otherTokensGiveOtherBranches(@ForAll @IntRange(min = 0) int a, @ForAll @IntRange(min = 0) int b) {
        assertThat(Branch.ROOT.then(a).equals(Branch.ROOT.then(b))).isEqualTo(a == b);
        if (a != b) {
            assertThat(Branch.of(Tokens.of(a, b))).isNotEqualTo(Branch.of(Tokens.of(b, a)));
        }
    }

    @Test
    void negativeIdsAreRefused() {
        assertThatThrownBy(() -> Tokens.of(3, -1)).hasMessageContaining("-1");
    }

    @Provide
    Arbitrary<int[]> ids() {
        return Arbitraries.integers()
                .between(0, Integer.MAX_VALUE)
                .array(int[].class)
                .ofMaxSize(40);
    }
}
