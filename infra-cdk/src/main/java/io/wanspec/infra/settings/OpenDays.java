package io.wanspec.infra.settings;

/** On which days an endpoint is made. */
public enum OpenDays implements Word {
    DAILY("daily", "*", "*", 7),
    WEEKDAYS("weekdays", "MON-FRI", "TUE-SAT", 5);

    private final String word;
    private final String cron;
    private final String nextDaysCron;
    private final int daysOfWeek;

    OpenDays(String word, String cron, String nextDaysCron, int daysOfWeek) {
        this.word = word;
        this.cron = cron;
        this.nextDaysCron = nextDaysCron;
        this.daysOfWeek = daysOfWeek;
    }

    @Override
    public String word() {
        return word;
    }

    String cron() {
        return cron;
    }

    /** The days behind these. */
    String nextDaysCron() {
        return nextDaysCron;
    }

    int daysOfWeek() {
        return daysOfWeek;
    }
}
