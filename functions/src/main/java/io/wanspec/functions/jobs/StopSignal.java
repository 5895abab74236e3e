package io.wanspec.functions.jobs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks whoever listens to stop where it can go on later. Asked once, it stays so. */
public final class StopSignal {
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean asked;

    /** Called at most once, by the thread that asks; at once, if it has been asked already. */
    public void onAsked(Runnable listener) {
        synchronized (listeners) {
            if (!asked) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    public boolean isAsked() {
        synchronized (listeners) {
            return asked;
        }
    }

    public void ask() {
        List<Runnable> toldNow = takeListeners();
        @Nullable RuntimeException failure = null;
        for (Runnable listener : toldNow) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Runnable> takeListeners() {
        synchronized (listeners) {
            asked = true;
            List<Runnable> taken = List.copyOf(listeners);
            listeners.clear();
            return taken;
        }
    }
}
