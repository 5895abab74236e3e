package io.wanspec.infra.settings;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When there is an endpoint at all.
 *
 * @param from when it is made
 * @param to when it is taken down, on the same day
 */
public record OpenHours(LocalTime from, LocalTime to, OpenDays days, ZoneId zone) {
    private static final double MINUTES_A_WEEK = Duration.ofDays(7).toMinutes();

    public OpenHours {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "hours go from " + from + " to " + to + ", which is not later on the same day. Swap them");
        }
    }

    /** Of all the time; what it costs is as much of what it would. */
    public double share() {
        return Duration.between(from, to).toMinutes() * days.daysOfWeek() / MINUTES_A_WEEK;
    }

    /** As EventBridge's scheduler takes it. */
    public String opens() {
        return cron(from);
    }

    public String closes() {
        return cron(to);
    }

    private String cron(LocalTime time) {
        return "cron(" + time.getMinute() + " " + time.getHour() + " ? * " + days.cron() + " *)";
    }

    /** For people. */
    public String words() {
        return from + " to " + to + " " + zone + ", " + days.word();
    }
}
