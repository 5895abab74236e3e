package io.wanspec.functions.access.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.TableModel;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Functions share a key's budget through a table whose answers are lost, whose writes come twice, or late, while others write as well.
 * A dumb twin adds up what was used: what is reserved is what is used and what is still reserved, and when all is quiet what is
 * reserved and was not given back is what was used, to the token.
 */
final class BudgetFailuresTest {
    private static final Instant NOON = Instant.parse("2126-11-02T12:00:00Z");
    private static final int BURSTS = 12;
    private static final int BURST_STEPS = 6;

    private long now;
    private Random random = new Random(0);
    private TableModel table = new TableModel(clock());
    private KeyLimits limits = KeyLimits.none();
    private final List<Place> places = new ArrayList<>();
    private final Map<Budget, Long> used = new EnumMap<>(Budget.class);
    private boolean nested;

    private Clock clock() {
        InstantSource time = () -> Instant.ofEpochMilli(now);
        return time.withZone(ZoneOffset.UTC);
    }

    /** A function. */
    private final class Place {
        final FlakyTable way = new FlakyTable(table, random, BudgetFailuresTest.this::meanwhile);
        final KeyUse use;
        final List<Reserved.Reservation> answers = new ArrayList<>();
        final List<Reserved.Reservation> ended = new ArrayList<>();

        Place(String name) {
            use = new KeyUse("key", name, new UsageTable(way), now);
        }
    }

    @SeededTest(tries = 200)
    void whatIsReservedAndNotGivenBackIsWhatIsUsed(Random seeded) {
        begin(seeded);
        for (int burst = 0; burst < BURSTS; burst++) {
            double loss = random.nextDouble() * 0.6;
            places.forEach(place -> place.way.loss = loss);
            for (int step = Gen.between(random, 1, BURST_STEPS); step > 0; step--) {
                now += random.nextInt(40);
                step(places.get(random.nextInt(places.size())));
                neverLessThanIsUsed();
            }
            heal();
            neverLessThanIsUsed();
        }
        endAll();
        for (Budget budget : Budget.values()) {
            if (budget.limit(limits).isPresent()) {
                assertThat(taken(budget)).as("%s", budget).isEqualTo(used.getOrDefault(budget, 0L));
            }
        }
        assertThat(places).allMatch(place -> place.use.isIdle(now));
    }

    private void begin(Random seeded) {
        random = seeded;
        now = NOON.toEpochMilli();
        table = new TableModel(clock());
        used.clear();
        places.clear();
        nested = false;
        limits = Keys.limits(
                Gen.between(random, 0, 60),
                Gen.between(random, 0, 20_000),
                Gen.between(random, 1, 40_000),
                Gen.between(random, 0, 12));
        for (int i = Gen.between(random, 1, 4); i > 0; i--) {
            places.add(new Place("f" + i));
        }
    }

    private void step(Place place) {
        try {
            switch (random.nextInt(9)) {
                case 0, 1 -> request(place);
                case 2, 3, 4 -> reserve(place, Gen.between(random, 1, 1_500));
                case 5 -> end(place);
                case 6 -> free(place);
                case 7 -> moveOn(place);
                default -> place.way.deliverLate();
            }
        } catch (SdkClientException lost) {
            // Whoever asked is told to come again.
        }
    }

    /** While one function waits for the table others write, and its own answers end. */
    private void meanwhile() {
        if (nested || random.nextInt(3) > 0) {
            return;
        }
        nested = true;
        Place place = places.get(random.nextInt(places.size()));
        switch (random.nextInt(3)) {
            case 0 -> end(place);
            case 1 -> free(place);
            default -> place.way.deliverLate();
        }
        nested = false;
    }

    private void request(Place place) {
        if (place.use.request(limits, now).isEmpty()) {
            used.merge(Budget.REQUESTS_PER_MINUTE, 1L, Long::sum);
        }
    }

    private void reserve(Place place, long tokens) {
        if (place.use.reserve(limits, tokens, now) instanceof Reserved.Reservation reservation) {
            place.answers.add(reservation);
        }
    }

    private void end(Place place) {
        if (!place.answers.isEmpty()) {
            Reserved.Reservation answer = place.answers.removeLast();
            place.use.book().ended(answer, use(answer), now);
        }
    }

    /** Its end is being written. */
    private void free(Place place) {
        if (!place.answers.isEmpty()) {
            place.use.book().freed(now);
            place.ended.add(place.answers.removeLast());
        } else if (!place.ended.isEmpty()) {
            Reserved.Reservation answer = place.ended.removeLast();
            place.use.book().settled(answer, use(answer), now);
        }
    }

    /** Another function ends it; what comes back to the minute is not known there. */
    private void moveOn(Place place) {
        if (!place.answers.isEmpty()) {
            Reserved.Reservation answer = place.answers.removeLast();
            place.use.book().leftToOthers(now);
            long tokens = random.nextInt((int) answer.tokens() + 1);
            long day = Objects.requireNonNull(answer.windows().get(Budget.TOKENS_PER_DAY));
            places.get(random.nextInt(places.size())).use.book().endedForOthers(day, answer.tokens(), tokens, now);
            used.merge(Budget.TOKENS_PER_DAY, tokens, Long::sum);
            used.merge(Budget.TOKENS_PER_MINUTE, answer.tokens(), Long::sum);
        }
    }

    private long use(Reserved.Reservation answer) {
        long tokens = random.nextInt((int) answer.tokens() + 1);
        used.merge(Budget.TOKENS_PER_DAY, tokens, Long::sum);
        used.merge(Budget.TOKENS_PER_MINUTE, tokens, Long::sum);
        return tokens;
    }

    /** The network is good again, and everybody does what is due. */
    private void heal() {
        now += 1_000;
        for (Place place : places) {
            place.way.loss = 0;
            place.way.deliverLate();
            place.use.tick(now);
        }
    }

    private void endAll() {
        for (Place place : places) {
            while (!place.answers.isEmpty()) {
                end(place);
            }
            while (!place.ended.isEmpty()) {
                free(place);
            }
        }
        for (int second = 0; second < 6; second++) {
            heal();
        }
    }

    private void neverLessThanIsUsed() {
        long reserved = places.stream()
                .flatMap(place -> Stream.concat(place.answers.stream(), place.ended.stream()))
                .mapToLong(Reserved.Reservation::tokens)
                .sum();
        for (Budget budget : List.of(Budget.TOKENS_PER_MINUTE, Budget.TOKENS_PER_DAY)) {
            if (budget.limit(limits).isPresent()) {
                assertThat(taken(budget))
                        .as("%s", budget)
                        .isBetween(
                                used.getOrDefault(budget, 0L) + reserved,
                                budget.limit(limits).getAsLong());
            }
        }
    }

    private long taken(Budget budget) {
        return UsageItem.read(table.get(ItemKey.head("usage#key")).orElse(null))
                .counter(budget, now)
                .taken();
    }
}
