package io.wanspec.functions.jobs;

import java.util.List;

/** Hears of a worker's calls, before each is answered: a function may be frozen afterwards. Must not throw. */
public interface JobObserver {
    void worked(List<SettledDelivery> batch);
}
