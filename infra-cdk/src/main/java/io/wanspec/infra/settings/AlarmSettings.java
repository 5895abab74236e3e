package io.wanspec.infra.settings;

import java.util.List;

/**
 * @param emails who hears of alarms, and of the budget
 * @param monthlyUsd beyond which the budget tells them; 0: no budget
 */
public record AlarmSettings(List<String> emails, int monthlyUsd) {}
