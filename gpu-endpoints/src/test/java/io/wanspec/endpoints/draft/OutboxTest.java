package io.wanspec.endpoints.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Branch BRANCH = Branch.of(Tokens.of(1, 2, 3));

    private final Outbox outbox = new Outbox();

    @Test
    void consecutiveGuessesBecomeOneFrame() {
        outbox.add(frame(3, BRANCH, 7));
        outbox.add(frame(4, BRANCH.then(7), 8));
        assertThat(outbox.poll()).isEqualTo(new DraftFrame.Drafted(3, BRANCH, Tokens.of(7, 8), List.of(7, 8), 2, 20));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void aGuessBehindARollbackIsAFrameOfItsOwn() {
        outbox.add(frame(3, BRANCH, 7));
        outbox.add(frame(4, BRANCH.then(9), 8));
        outbox.add(frame(3, BRANCH, 9));
        assertThat(outbox.poll()).isEqualTo(frame(3, BRANCH, 7));
        assertThat(outbox.poll()).isEqualTo(frame(4, BRANCH.then(9), 8));
        assertThat(outbox.poll()).isEqualTo(frame(3, BRANCH, 9));
    }

    @Test
    void itIsFullWithAFramesWorth() {
        Branch branch = BRANCH;
        for (int i = 0; i < 64; i++) {
            assertThat(outbox.isFull()).isFalse();
            outbox.add(frame(3 + i, branch, 5));
            branch = branch.then(5);
        }
        assertThat(outbox.isFull()).isTrue();
        outbox.poll();
        assertThat(outbox.isFull()).isFalse();
    }

    private static DraftFrame.Drafted frame(int position, Branch branch, int token) {
        return new DraftFrame.Drafted(position, branch, Tokens.of(token), List.of(token), 1, 10);
    }
}
