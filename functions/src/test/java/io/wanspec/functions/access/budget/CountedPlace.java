package io.wanspec.functions.access.budget;

import java.util.concurrent.atomic.AtomicInteger;

/** A place of a request, of which one can tell whether it is held. */
public class CountedPlace implements HeldPlace {
    final AtomicInteger held = new AtomicInteger(1);

    @Override
    public void giveBack() {
        held.set(0);
    }

    @Override
    public void takeAgain() {
        held.set(1);
    }
}
