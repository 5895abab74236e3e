package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More requests at once than the target takes. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class CrowdTest {
    private static final int STREAMS = 80;
    private static final int PLACES = 8;

    @Test
    void whoIsLetInIsServedHoweverManyThereAre() throws Exception {
        try (Stage stage = new Stage(Map.of()).ready()) {
            stage.target.places.drainPermits();
            stage.target.places.release(PLACES);
            assertThat(served(stage)).isGreaterThanOrEqualTo(64);
        }
    }

    private static int served(Stage stage) throws Exception {
        List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            String body = Asked.body("wanspec", 12, i, true);
            requests.add(() -> stage.post("/v1/chat/completions", body));
        }
        int served = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HttpResponse<String>> future : threads.invokeAll(requests)) {
                HttpResponse<String> answer = future.get();
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429);
                if (answer.statusCode() == 200) {
                    assertThat(answer.body()).contains("data: [DONE]").doesNotContain("\"error\"");
                    served++;
                }
            }
        }
        return served;
    }
}
