package io.wanspec.contracts.grammar;

import java.util.ArrayList;
import java.util.List;

/** How much all grammars of a vocabulary may keep of what they found out. When it is full all of it is forgotten, and found again where it is needed. */
final class Memo {
    private final long bytesMax;
    private final List<Runnable> owners = new ArrayList<>();
    private long bytes;

    Memo(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** @param forget makes the owner forget all that it {@link #keep keeps} */
    void join(Runnable forget) {
        owners.add(forget);
    }

    void leave(Runnable forget) {
        owners.remove(forget);
    }

    void keep(long more) {
        bytes += more;
        if (bytes > bytesMax) {
            owners.forEach(Runnable::run);
            bytes = 0;
        }
    }

    long bytes() {
        return bytes;
    }
}
