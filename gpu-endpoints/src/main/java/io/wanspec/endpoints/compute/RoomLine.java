package io.wanspec.endpoints.compute;

import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sessions in use that wait for room to go on: the oldest is first. Whoever has waited too long is told, like those who wait to begin. */
final class RoomLine {
    private final Duration waitMax;
    private final TreeMap<Long, Waiting> line = new TreeMap<>();

    private record Waiting(Runnable wake, long sinceNanos) {}

    RoomLine(Duration waitMax) {
        this.waitMax = waitMax;
    }

    int size() {
        return line.size();
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    /** Whether somebody waits who is older. */
    boolean isBehind(long age) {
        return !line.isEmpty() && line.firstKey() < age;
    }

    /** @throws OverloadedException if it has waited too long; it does not wait any more then */
    void await(long age, Runnable wake) {
        Waiting waiting = line.get(age);
        if (waiting == null) {
            line.put(age, new Waiting(wake, System.nanoTime()));
            CompletableFuture.delayedExecutor(waitMax.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(wake);
        } else if (System.nanoTime() - waiting.sinceNanos() >= waitMax.toNanos()) {
            line.remove(age);
            throw new OverloadedException(
                    "there has been no room to go on for " + waitMax.toSeconds() + " s; try again in a moment");
        }
    }

    /** @return whether it waited */
    boolean leave(long age) {
        return line.remove(age) != null;
    }

    void wakeFirst() {
        if (!line.isEmpty()) {
            line.firstEntry().getValue().wake().run();
        }
    }
}
