package io.wanspec.infra.settings;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When there is an endpoint at all.
 *
 * @param from when it is made
 * @param to when it is taken down: later on the same day, or, where it is not later, on the next
 * @param days on which it is made
 */
public record OpenHours(LocalTime from, LocalTime to, OpenDays days, ZoneId zone) {
    private static final double MINUTES_A_WEEK = Duration.ofDays(7).toMinutes();

    public OpenHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("hours go from " + from + " to " + to
                    + ", which is no time or all of it. Write two times, or leave hours out: then it is always there");
        }
    }

    private boolean isOverMidnight() {
        return to.isBefore(from);
    }

    /** Of all the time; what it costs is as much of what it would. */
    public double share() {
        long minutes =
                Duration.between(from, to).plusDays(isOverMidnight() ? 1 : 0).toMinutes();
        return minutes * days.daysOfWeek() / MINUTES_A_WEEK;
    }

    /** As EventBridge's scheduler takes it. */
    public String opens() {
        return cron(from, days.cron());
    }

    public String closes() {
        return cron(to, isOverMidnight() ? days.nextDaysCron() : days.cron());
    }

    private static String cron(LocalTime time, String days) {
        return "cron(" + time.getMinute() + " " + time.getHour() + " ? * " + days + " *)";
    }

    /** For people. */
    public String words() {
        return from + " to " + to + (isOverMidnight() ? " of the next day " : " ") + zone + ", " + days.word();
    }
}
