package io.wanspec.controller.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.timeline.TokenSource;
import org.junit.jupiter.api.Test;

final class DraftedPlacesTest {
    private static final WorkerId HOSTILE = new WorkerId("hostile");
    private static final WorkerId HONEST = new WorkerId("honest");

    /** Every frame has another token behind the same prefix: what is kept, and looked through for each, is bounded. */
    @Test
    void whoHasAlwaysAnotherTokenForOnePlaceIsHeardForAWhileOnly() {
        var places = new DraftedPlaces();
        for (int token = 0; token < 10_000; token++) {
            take(places, HOSTILE, token);
        }
        assertThat(places.first(Branch.ROOT, DraftedPlaces.TOLD_MAX - 1)).isNotNull();
        assertThat(places.first(Branch.ROOT, DraftedPlaces.TOLD_MAX)).isNull();

        take(places, HONEST, DraftedPlaces.TOLD_MAX);
        assertThat(places.first(Branch.ROOT, DraftedPlaces.TOLD_MAX))
                .isNotNull()
                .satisfies(place -> assertThat(place.worker()).isEqualTo(HONEST.value()));
    }

    private static void take(DraftedPlaces places, WorkerId worker, int token) {
        places.take(worker, TokenSource.REMOTE, DraftFrame.Drafted.single(5, Branch.ROOT, token, 1, 1, 1, 1, 1), token);
    }
}
