package io.wanspec.functions.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.PlacementReport;
import io.wanspec.controller.placement.PlaceBook;
import io.wanspec.controller.placement.PlaceFindings;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.TableModel;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Functions that tell each other what they measured of draft places. */
final class PlaceSharingTest {
    private static final WorkerId WEST = new WorkerId("west");
    private static final WorkerId EAST = new WorkerId("east");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2126-01-01T00:00:00Z"));
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final TableModel table = new TableModel(clock);

    @Test
    void aNewFunctionKnowsWhatOthersMeasured() {
        function().found(session(WEST, 30, 8));

        PlaceBook known = function().book();
        assertThat(known.of(WEST).roundTripNanos().mean()).isEqualTo(30e6);
        assertThat(known.of(WEST).passNanos().mean()).isEqualTo(8e6);
        assertThat(known.targetPassNanos().mean()).isEqualTo(40e6);
        assertThat(known.of(EAST).isNothing()).isTrue();
    }

    @Test
    void whatTwoFindAtTheSameTimeAddsUp() {
        SharedPlaces one = function();
        SharedPlaces other = function();
        one.found(session(WEST, 30, 8));
        other.found(session(WEST, 50, 8));

        assertThat(function().book().of(WEST).roundTripNanos().mean()).isCloseTo(40e6, within(1.0));
        assertThat(function().book().of(WEST).roundTripNanos().weight()).isCloseTo(2, within(1e-9));
    }

    @Test
    void aBusyFunctionWritesNowAndThenAndKnowsWhatItHasNotWritten() {
        SharedPlaces one = function();
        one.found(session(WEST, 30, 8));
        one.found(session(EAST, 20, 8));
        assertThat(function().book().of(EAST).isNothing()).isTrue();
        assertThat(one.book().of(EAST).isNothing()).isFalse();

        now.updateAndGet(at -> at.plus(SharedPlaces.WRITTEN_EVERY));
        one.found(session(WEST, 30, 8));
        assertThat(function().book().of(EAST).isNothing()).isFalse();
    }

    @Test
    void whatOthersFoundIsSeenAfterAWhileWithoutWaiting() {
        SharedPlaces one = function();
        assertThat(one.book().isEmpty()).isTrue();
        function().found(session(WEST, 30, 8));
        assertThat(one.book().isEmpty()).isTrue();

        now.updateAndGet(at -> at.plus(SharedPlaces.READ_EVERY));
        // The look is in the background: whoever asks next sees what it found.
        var _ = one.book();
        assertThat(one.book().of(WEST).isNothing()).isFalse();
    }

    @Test
    void aBrokenItemIsNoReasonToFail() {
        table.put(Item.of(PlacesItem.KEY)
                .with("version", 3)
                .with("places", "west 1,2")
                .with("targetPass", "NaN,1,1")
                .expiring(Objects.requireNonNull(now.get()).plus(Duration.ofHours(1))));
        SharedPlaces one = function();
        one.found(session(WEST, 30, 8));
        assertThat(one.book().of(WEST).roundTripNanos().mean()).isEqualTo(30e6);
    }

    @Test
    void withoutATableItIsThisFunctionsOwn() {
        var own = new SharedPlaces(Optional.empty(), clock, Runnable::run, () -> {});
        own.found(session(WEST, 30, 8));
        assertThat(own.book().of(WEST).isNothing()).isFalse();
    }

    /** Whatever the table does, or does not do: nobody waits for it. */
    @Test
    void nobodyWaitsForTheTable() {
        List<Runnable> never = new ArrayList<>();
        var waiting = new SharedPlaces(Optional.of(table), clock, never::add, () -> {});
        waiting.found(session(WEST, 30, 8));
        assertThat(waiting.book().of(WEST).isNothing()).isFalse();
        assertThat(never).as("one call at a time").hasSize(1);
        assertThat(table.get(PlacesItem.KEY)).isEmpty();
    }

    @SeededTest(tries = 200)
    void aBookIsReadAsItWasWrittenAndStaysSmall(Random random) {
        PlaceBook book = PlaceBook.empty();
        int findings = Gen.between(random, 0, 100);
        for (int i = 0; i < findings; i++) {
            book = book.with(any(random, "w" + random.nextInt(90)), 1_000_000L + random.nextInt(1_000_000))
                    .withTargetPass(Gen.between(random, 0, 100_000_000), 1_500_000L);
        }
        PlacesItem item = new PlacesItem(Gen.between(random, 1, 1_000), book);
        assertThat(book.places()).hasSizeLessThanOrEqualTo(PlaceBook.PLACES_MAX);
        assertThat(PlacesItem.read(item.write(clock.instant()))).isEqualTo(item);
    }

    private static PlaceFindings any(Random random, String id) {
        return new PlaceFindings(
                new WorkerId(id),
                Gen.between(random, 0, 100),
                Gen.between(random, 0, 1_000_000_000),
                Gen.between(random, 0, 1_000_000),
                Gen.between(random, 0, 100),
                Gen.between(random, 0, 100_000_000),
                Gen.between(random, 0, 3));
    }

    private static PlacementReport session(WorkerId id, int roundTripMs, int passMs) {
        return new PlacementReport(
                List.of(), List.of(new PlaceFindings(id, 10, ms(roundTripMs), 0, 10, ms(passMs), 0)), ms(40));
    }

    private static long ms(int ms) {
        return ms * 1_000_000L;
    }

    private SharedPlaces function() {
        return new SharedPlaces(Optional.of(table), clock, Runnable::run, () -> {});
    }
}
