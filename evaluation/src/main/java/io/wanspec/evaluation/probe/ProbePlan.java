package io.wanspec.evaluation.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When which endpoint is asked. Each has slots, evenly apart, a share of an interval behind the endpoint before it. A slot whose time
 * has passed is missed: nobody is asked more often to make up for it.
 *
 * @param began the first slot's time
 * @param perHour slots of each endpoint
 * @param hours for which it goes on
 * @param endpoints in the order of their turns
 */
record ProbePlan(Instant began, int perHour, double hours, int maxTokens, List<Asked> endpoints) {
    static final int PER_HOUR_MAX = 120;
    static final double HOURS_MAX = 24 * 14;
    static final int TOKENS_MAX = 64;

    /** Of all endpoints together: what a forgotten run may cost is bounded. */
    static final int REQUESTS_MAX = 20_000;

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * Who is asked, and for what: all that an answer depends on but the key, which may be another one each time.
     *
     * @param url up to {@code /v1}
     */
    record Asked(String name, String region, String url, String model) {}

    ProbePlan {
        endpoints = List.copyOf(endpoints);
        if (perHour < 1
                || perHour > PER_HOUR_MAX
                || !(hours > 0 && hours <= HOURS_MAX)
                || maxTokens < 1
                || maxTokens > TOKENS_MAX) {
            throw new IllegalArgumentException("rate, hours or tokens are beyond what a probe may ask for");
        }
        if (requests(perHour, hours, endpoints.size()) > REQUESTS_MAX) {
            throw new IllegalArgumentException("a probe asks " + REQUESTS_MAX + " times at most");
        }
    }

    static long requests(int perHour, double hours, int endpoints) {
        return slots(perHour, hours) * endpoints;
    }

    private static long slots(int perHour, double hours) {
        return Math.max(1, (long) Math.floor(perHour * hours));
    }

    int slots() {
        return Math.toIntExact(slots(perHour, hours));
    }

    int requests() {
        return slots() * endpoints.size();
    }

    /** From a slot to the next. */
    Duration interval() {
        return HOUR.dividedBy(perHour);
    }

    Instant time(int endpoint, int slot) {
        Duration behind = interval().multipliedBy(endpoint).dividedBy(endpoints.size());
        return began.plus(interval().multipliedBy(slot)).plus(behind);
    }

    /** Whether another run that is asked for is this one, gone on with. */
    boolean isSameAs(ProbePlan other) {
        return perHour == other.perHour
                && hours == other.hours
                && maxTokens == other.maxTokens
                && endpoints.equals(other.endpoints);
    }
}
