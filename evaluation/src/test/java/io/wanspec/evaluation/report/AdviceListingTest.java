package io.wanspec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.simulator.advice.Advice;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdviceListingTest {
    @Test
    void aSmallTable() {
        Advice near = new Advice(
                "us-east-2",
                "Columbus",
                15,
                "published",
                true,
                1.3,
                0.996,
                0.736,
                2.94,
                3.11,
                822.49,
                2e6,
                List.of("it is near", "it is cheap"),
                List.of());
        Advice far = new Advice(
                "ap-east-2",
                "Taipei",
                231,
                "assumed",
                false,
                0.1,
                0.104,
                1.061,
                3.5,
                3.11,
                0,
                0,
                List.of("it is far"),
                List.of());
        assertThat(String.join("\n", AdviceListing.lines(List.of(near, far), 2)))
                .isEqualTo("""
                region           place                 ms  from        saved  latency/B1    USD/B1
                us-east-2        Columbus              15  published    1.00        0.74      0.95
                ap-east-2        Taipei               231  assumed      0.10        1.06      1.13  not recommended

                us-east-2 (Columbus):
                - it is near
                - it is cheap
                - an instance of one's own costs 822 USD a month there, whatever it does
                - 2.0 million busy-region draft passes a month would not be made

                ap-east-2 (Taipei):
                - it is far""");
    }
}
