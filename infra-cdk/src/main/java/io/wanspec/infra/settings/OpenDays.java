package io.wanspec.infra.settings;

/** On which days an endpoint is there. */
public enum OpenDays implements Word {
    DAILY("daily", "*", 7),
    WEEKDAYS("weekdays", "MON-FRI", 5);

    private final String word;
    private final String cron;
    private final int daysOfWeek;

    OpenDays(String word, String cron, int daysOfWeek) {
        this.word = word;
        this.cron = cron;
        this.daysOfWeek = daysOfWeek;
    }

    @Override
    public String word() {
        return word;
    }

    String cron() {
        return cron;
    }

    int daysOfWeek() {
        return daysOfWeek;
    }
}
