package io.wanspec.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OpenHoursTest {
    @Test
    void byDayTheyEndOnTheDayOfTheirBeginning() {
        OpenHours hours = hours("07:00", "20:00", OpenDays.WEEKDAYS);
        assertThat(hours.opens()).isEqualTo("cron(0 7 ? * MON-FRI *)");
        assertThat(hours.closes()).isEqualTo("cron(0 20 ? * MON-FRI *)");
        assertThat(hours.share()).isCloseTo(13 * 5 / 168.0, within(1e-9));
    }

    /** Friday's night ends on Saturday; Sunday's does not begin. */
    @Test
    void overMidnightTheyEndOnTheNextDay() {
        OpenHours hours = hours("20:00", "04:30", OpenDays.WEEKDAYS);
        assertThat(hours.opens()).isEqualTo("cron(0 20 ? * MON-FRI *)");
        assertThat(hours.closes()).isEqualTo("cron(30 4 ? * TUE-SAT *)");
        assertThat(hours.share()).isCloseTo(8.5 * 5 / 168.0, within(1e-9));
        assertThat(hours.words()).isEqualTo("20:00 to 04:30 of the next day Z, weekdays");
    }

    @Test
    void midnightItselfIsTheNextDays() {
        OpenHours hours = hours("08:00", "00:00", OpenDays.DAILY);
        assertThat(hours.closes()).isEqualTo("cron(0 0 ? * * *)");
        assertThat(hours.share()).isCloseTo(16 / 24.0, within(1e-9));
    }

    private static OpenHours hours(String from, String to, OpenDays days) {
        return new OpenHours(LocalTime.parse(from), LocalTime.parse(to), days, ZoneOffset.UTC);
    }
}
