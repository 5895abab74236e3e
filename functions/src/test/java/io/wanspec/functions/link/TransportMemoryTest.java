package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.settings.EndpointAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TransportMemoryTest {
    private static final EndpointAddress HERE = new EndpointAddress("r", "here", null);
    private static final EndpointAddress THERE = new EndpointAddress("r", "there", null);

    @Test
    void whatWasFoundHoldsForAWhileAndForThatEndpoint() {
        var now = new AtomicLong(-5);
        var memory = new TransportMemory(now::get);
        assertThat(memory.areStreamsMissing(HERE)).isFalse();

        memory.streamsAreMissing(HERE);
        now.addAndGet(TransportMemory.KEPT.toNanos() - 1);
        assertThat(memory.areStreamsMissing(HERE)).isTrue();
        assertThat(memory.areStreamsMissing(THERE)).isFalse();

        now.incrementAndGet();
        assertThat(memory.areStreamsMissing(HERE)).isFalse();
    }
}
