package io.wanspec.endpoints.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Branch BRANCH = Branch.of(Tokens.of(1, 2, 3));

    private final Outbox outbox = new Outbox();

    @Test
    void whatWaitsBecomesOneFrame() {
        outbox.add(new DraftFrame.Drafted(
                Ints.of(3, 4),
                List.of(BRANCH, BRANCH.then(7)),
                Ints.of(10, 20),
                Ints.of(2, 1),
                Tokens.of(7, 8, 9),
                Ints.of(100, 200, 300),
                3,
                1,
                10));
        outbox.add(DraftFrame.Drafted.single(4, BRANCH.then(8), 5, 30, 400, 4, 2, 20));
        assertThat(outbox.poll())
                .isEqualTo(new DraftFrame.Drafted(
                        Ints.of(3, 4, 4),
                        List.of(BRANCH, BRANCH.then(7), BRANCH.then(8)),
                        Ints.of(10, 20, 30),
                        Ints.of(2, 1, 1),
                        Tokens.of(7, 8, 9, 5),
                        Ints.of(100, 200, 300, 400),
                        4,
                        3,
                        30));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void whatFitsIntoNoFrameIsAFrameOfItsOwn() {
        outbox.add(wide(Limits.DRAFTED_PREFIXES_MAX - 1));
        outbox.add(wide(2));
        assertThat(outbox.poll()).isEqualTo(wide(Limits.DRAFTED_PREFIXES_MAX - 1));
        assertThat(outbox.poll()).isEqualTo(wide(2));
        assertThat(outbox.poll()).isNull();
    }

    @Test
    void itIsFullWithAFramesWorth() {
        for (int i = 0; i < Limits.DRAFTED_PREFIXES_MAX; i++) {
            assertThat(outbox.isFull()).isFalse();
            outbox.add(wide(1));
        }
        assertThat(outbox.isFull()).isTrue();
        outbox.poll();
        assertThat(outbox.isFull()).isFalse();
    }

    private static DraftFrame.Drafted wide(int prefixes) {
        int[] ones = Collections.nCopies(prefixes, 1).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        Ints column = Ints.of(ones);
        return new DraftFrame.Drafted(
                column, Collections.nCopies(prefixes, BRANCH), column, column, Tokens.of(ones), column, 3, 1, 10);
    }
}
