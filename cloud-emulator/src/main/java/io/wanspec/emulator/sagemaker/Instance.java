package io.wanspec.emulator.sagemaker;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One container behind an endpoint, and how many calls and streams it has at present. */
final class Instance {
    private final URI container;
    private final AtomicInteger outstanding = new AtomicInteger();

    Instance(URI container) {
        this.container = container;
    }

    URI container() {
        return container;
    }

    int outstanding() {
        return outstanding.get();
    }

    /** A call or stream begins. */
    Use use() {
        outstanding.incrementAndGet();
        return new Use();
    }

    /** A call or stream that is under way. */
    final class Use {
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Use() {}

        URI container() {
            return container;
        }

        Instance instance() {
            return Instance.this;
        }

        /** It is over; may be said more than once. */
        void end() {
            if (open.compareAndSet(true, false)) {
                outstanding.decrementAndGet();
            }
        }
    }
}
