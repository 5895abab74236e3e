package io.wanspec.functions.access.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.Keys;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Several functions share a key's budget through one state, in virtual time; some crash, some sleep. Beside them a dumb twin adds
 * up what each was really allowed: never more than the limits, and none is refused while there is enough that nobody holds.
 */
final class BudgetTwinTest {
    private static final long START_MS = 1_790_000_000_000L;
    private static final int STEPS = 400;

    private LedgerModel ledger = new LedgerModel();
    private final List<Place> places = new ArrayList<>();
    private final Map<String, Long> spent = new HashMap<>();
    private long now = START_MS;
    private int names;

    private final class Place {
        final String name = "f" + names++;
        final KeyUse use = new KeyUse("key", name, ledger, now);
        final List<Answer> answers = new ArrayList<>();
        boolean asleep;
    }

    private record Answer(Reserved.Reservation reservation) {}

    @SeededTest(tries = 300)
    void neverMoreThanTheLimitsAndNeverLessThanIsFree(Random random) {
        begin();
        KeyLimits limits = Keys.limits(
                Gen.between(random, 0, 60),
                Gen.between(random, 0, 5_000),
                Gen.between(random, 0, 20_000),
                Gen.between(random, 0, 12));
        for (int i = Gen.between(random, 1, 5); i > 0; i--) {
            places.add(new Place());
        }
        for (int step = 0; step < STEPS; step++) {
            step(random, limits);
            check(limits);
        }
        endAll();
        assertThat(places).allMatch(place -> place.use.isIdle(now));
    }

    private void begin() {
        ledger = new LedgerModel();
        places.clear();
        spent.clear();
        now = START_MS;
    }

    private void step(Random random, KeyLimits limits) {
        Place place = places.get(random.nextInt(places.size()));
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> request(place, limits);
            case 4, 5, 6 -> reserve(place, limits, Gen.between(random, 1, 1_500));
            case 7, 8, 9 -> end(place, random);
            case 10 -> pass(Gen.between(random, 1, 8_000));
            default -> {
                if (random.nextInt(6) == 0) {
                    crash(place);
                } else if (place.answers.isEmpty()) {
                    place.asleep = !place.asleep;
                }
            }
        }
    }

    private void request(Place place, KeyLimits limits) {
        Optional<LimitHit> hit = place.use.request(limits, now);
        if (hit.isEmpty()) {
            spend(Budget.REQUESTS_PER_MINUTE, Budget.REQUESTS_PER_MINUTE.windowAt(now), 1);
        } else {
            assertThat(free(Budget.REQUESTS_PER_MINUTE, limits, place))
                    .as("refused for nothing")
                    .isLessThan(1);
        }
    }

    private void reserve(Place place, KeyLimits limits, long tokens) {
        place.asleep = false;
        switch (place.use.reserve(limits, tokens, now)) {
            case Reserved.Reservation reservation -> {
                place.answers.add(new Answer(reservation));
                reservation.windows().forEach((budget, window) -> spend(budget, window, tokens));
            }
            case Reserved.Refused(var hit) -> {
                long free = switch (hit.kind()) {
                    case REQUESTS_PER_MINUTE -> throw new AssertionError("an answer is no request");
                    case TOKENS_PER_MINUTE -> free(Budget.TOKENS_PER_MINUTE, limits, place) - tokens;
                    case TOKENS_PER_DAY -> free(Budget.TOKENS_PER_DAY, limits, place) - tokens;
                    case CONCURRENT -> freePlaces(limits, place) - 1;
                };
                assertThat(free).as("refused for nothing").isNegative();
            }
        }
    }

    private void end(Place place, Random random) {
        if (!place.answers.isEmpty()) {
            end(place, place.answers.removeLast(), random.nextDouble());
        }
    }

    private void end(Place place, Answer answer, double share) {
        long used = Math.round(share * answer.reservation().tokens());
        place.use.book().ended(answer.reservation(), used, now);
        answer.reservation()
                .windows()
                .forEach((budget, window) ->
                        spend(budget, window, used - answer.reservation().tokens()));
    }

    /** Time passes for all; who is awake does what is due each second. */
    private void pass(long ms) {
        for (long left = ms; left > 0; left -= 1_000) {
            now += Math.min(left, 1_000);
            places.stream().filter(place -> !place.asleep).forEach(place -> place.use.tick(now));
        }
    }

    /** What it held is lost until its windows end, its places until their lease does. */
    private void crash(Place place) {
        places.set(places.indexOf(place), new Place());
    }

    private void endAll() {
        for (Place place : places) {
            place.asleep = false;
            List.copyOf(place.answers).forEach(answer -> end(place, answer, 1));
            place.answers.clear();
        }
        pass(4_000);
    }

    private void spend(Budget budget, long window, long amount) {
        spent.merge(budget + "/" + window, amount, Long::sum);
    }

    private long spent(Budget budget) {
        return spent.getOrDefault(budget + "/" + budget.windowAt(now), 0L);
    }

    private void check(KeyLimits limits) {
        for (Budget budget : Budget.values()) {
            budget.limit(limits)
                    .ifPresent(
                            limit -> assertThat(spent(budget)).as("%s", budget).isBetween(0L, Math.max(limit, 0L)));
        }
        limits.concurrent()
                .ifPresent(limit -> assertThat(places.stream()
                                .mapToLong(place -> place.answers.size())
                                .sum())
                        .as("answers at once")
                        .isLessThanOrEqualTo(limit));
    }

    /** What neither was spent nor lies with others. */
    private long free(Budget budget, KeyLimits limits, Place asking) {
        long own = asking.use.book().left(budget, now);
        return budget.limit(limits).orElseThrow() - ledger.taken(budget, now) + own;
    }

    private long freePlaces(KeyLimits limits, Place asking) {
        long others = ledger.state.slots().entrySet().stream()
                .filter(lease -> !lease.getKey().equals(asking.name))
                .filter(lease -> lease.getValue().untilMs() > now)
                .mapToLong(lease -> lease.getValue().slots())
                .sum();
        return limits.concurrent().orElseThrow() - others - asking.answers.size();
    }
}
