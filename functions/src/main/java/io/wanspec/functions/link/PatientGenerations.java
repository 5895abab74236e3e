package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.controller.LinkLoss;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Generations that a busy endpoint refuses go out again until they begin. Whoever waits for one gives it up in time: a session
 * does when nothing came for as long as a round may take.
 */
public final class PatientGenerations implements Generations {
    private final Generations generations;

    public PatientGenerations(Generations generations) {
        this.generations = generations;
    }

    @Override
    public Generation open(Invocation.Generate request, GenerationListener listener) {
        return new Patient(request, listener).start();
    }

    private final class Patient implements Generation, GenerationListener {
        private final Invocation.Generate request;
        private final GenerationListener listener;
        private @Nullable Generation running;
        private boolean begun;
        private boolean closed;
        private int timesBusy;

        Patient(Invocation.Generate request, GenerationListener listener) {
            this.request = request;
            this.listener = listener;
        }

        Patient start() {
            Generation opened = generations.open(request, this);
            boolean late;
            synchronized (this) {
                late = closed;
                running = opened;
            }
            if (late) {
                opened.close();
            }
            return this;
        }

        @Override
        public void generated(Reply.Generated line) {
            begun = true;
            listener.generated(line);
        }

        @Override
        public void ended() {
            listener.ended();
        }

        @Override
        public void failed(LinkFailure failure) {
            if (failure.loss() == LinkLoss.BUSY && !begun) {
                CompletableFuture.delayedExecutor(BusyBackoff.pause(timesBusy++).toMillis(), TimeUnit.MILLISECONDS)
                        .execute(this::again);
            } else {
                listener.failed(failure);
            }
        }

        private void again() {
            synchronized (this) {
                if (closed) {
                    return;
                }
            }
            start();
        }

        @Override
        public void close() {
            Generation now;
            synchronized (this) {
                closed = true;
                now = running;
            }
            if (now != null) {
                now.close();
            }
        }
    }
}
