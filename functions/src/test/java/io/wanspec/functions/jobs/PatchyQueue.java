package io.wanspec.functions.jobs;

import io.wanspec.contracts.CallerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A queue in virtual time, which may take nothing for a while. */
final class PatchyQueue implements Deliveries {
    static final Duration VISIBILITY = Duration.ofSeconds(30);

    final List<String> deadLetters = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private Instant now;
    private int sent;
    private boolean broken;

    private static final class Waiting {
        final String id;
        final String body;
        Instant visible;
        int deliveries;

        Waiting(String id, String body, Instant visible) {
            this.id = id;
            this.body = body;
            this.visible = visible;
        }
    }

    PatchyQueue(Instant now) {
        this.now = now;
    }

    synchronized void breakDown(boolean down) {
        broken = down;
    }

    /** The next message, once it shows itself. */
    synchronized Optional<Delivery> receive() {
        return waiting.stream()
                .min(Comparator.comparing(message -> message.visible))
                .map(this::deliver);
    }

    private Delivery deliver(Waiting message) {
        now = now.isBefore(message.visible) ? message.visible : now;
        message.visible = now.plus(VISIBILITY);
        message.deliveries++;
        return new Delivery(message.id, message.id, message.body, message.deliveries, Optional.empty());
    }

    synchronized Instant now() {
        return now;
    }

    /** All of a batch but what a worker wants to keep. */
    synchronized void delete(Delivery delivery) {
        waiting.removeIf(message -> message.id.equals(delivery.messageId()));
    }

    @Override
    public synchronized void keep(Delivery delivery, Duration time) {
        check();
        waiting.stream()
                .filter(message -> message.id.equals(delivery.messageId()))
                .forEach(message -> message.visible = now.plus(time));
    }

    @Override
    public synchronized void send(JobMessage message, Optional<CallerId> caller, Duration delay) {
        check();
        waiting.add(new Waiting("m-" + ++sent, message.write(), now.plus(delay)));
    }

    @Override
    public synchronized void bury(Delivery delivery, String reason) {
        check();
        deadLetters.add(reason);
    }

    private void check() {
        if (broken) {
            throw new JobQueueException("broken", null);
        }
    }
}
