package io.wanspec.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FreePortTest {
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void thoseThatAreTakenArePassedOver() {
        int port = FreePort.choose(wanted -> {
            failUntil(10);
            return wanted;
        });
        assertThat(port).isBetween(15_000, 31_999);
        assertThat(tries).hasValue(10);
    }

    @Test
    void whereNoneCanBeHadItEndsAndSaysWhy() {
        assertThatThrownBy(() -> FreePort.choose(wanted -> {
                    failUntil(Integer.MAX_VALUE);
                    return wanted;
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("try 1000");
    }

    private void failUntil(int last) throws IOException {
        if (tries.incrementAndGet() < last) {
            throw new BindException("try " + tries);
        }
    }
}
