package io.wanspec.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Background work by the workers' real zip: deliveries are duplicated, workers killed, and each job takes effect once all the
 * same. More jobs: {@code -Dwanspec.jobs=500}; another seed: {@code -Dwanspec.jobs.seed=2}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class JobsTest {
    private static final int JOBS = Integer.getInteger("wanspec.jobs", 30);
    private static final long SEED = Long.getLong("wanspec.jobs.seed", 1);

    /** One in so many is delivered twice, and as many workers are killed. */
    private static final int ONE_IN = 20;

    private static final int TEXTS = 10;

    @TempDir
    private Path folder;

    @Test
    void eachJobTakesEffectOnceWhateverIsDeliveredTwiceAndWhoeverIsKilled() throws Exception {
        FunctionZip.of("worker");
        Random random = new Random(SEED);
        try (var cloud = new JobCloud(folder)) {
            cloud.regions.target.passMillis = 15;
            Map<Integer, JsonNode> undisturbed = new HashMap<>();
            for (int text = 0; text < TEXTS; text++) {
                undisturbed.put(text, cloud.post(request(text, false)));
            }
            List<String> ids = new ArrayList<>();
            for (int job = 0; job < JOBS; job++) {
                ids.add(cloud.post(request(job % TEXTS, true)).path("id").asText());
            }
            ids.stream().filter(_ -> random.nextInt(ONE_IN) == 0).forEach(id -> deliverAgain(cloud, id));
            deliverAgain(cloud, ids.getFirst());
            cloud.deployWorker(Duration.ofMinutes(15));

            int killed = killSome(cloud, ids, random);

            for (int job = 0; job < JOBS; job++) {
                JsonNode done = cloud.response(ids.get(job));
                JsonNode expected = Objects.requireNonNull(undisturbed.get(job % TEXTS));
                // Texts that are cut at the most tokens are incomplete by the API's words.
                assertThat(done.path("status").asText()).isIn("completed", "incomplete");
                assertThat(done.path("status")).isEqualTo(expected.path("status"));
                assertThat(text(done)).as("job %d", job).isEqualTo(text(expected));
                assertThat(done.path("usage").path("output_tokens").asInt())
                        .isEqualTo(expected.path("usage").path("output_tokens").asInt());
            }
            assertThat(killed).isPositive();
            while (cloud.jobsLeft() > 0) {
                Thread.sleep(100);
            }
            assertThat(cloud.deadLetters()).isEmpty();
            System.out.println(JOBS + " jobs, " + killed + " workers killed: each text as undisturbed");
        }
    }

    @Test
    void workOutlivesItsWorkersTimeLimit() throws Exception {
        FunctionZip.of("worker");
        try (var cloud = new JobCloud(folder)) {
            cloud.regions.target.passMillis = 150;
            String id = cloud.post(request(0, true)).path("id").asText();
            // Behind the time for handing over nearly nothing is left: it takes several calls.
            cloud.deployWorker(Duration.ofSeconds(18));
            JsonNode done = untilEnded(cloud, id);
            cloud.regions.target.passMillis = 0;
            assertThat(done.path("status").asText()).isEqualTo("completed");
            assertThat(text(done)).isEqualTo(text(cloud.post(request(0, false))));
        }
    }

    @Test
    void whatNobodyCanDoIsPutAwayWithItsReason() throws Exception {
        FunctionZip.of("worker");
        try (var cloud = new JobCloud(folder)) {
            cloud.message("{\"no\": \"job\"}");
            cloud.message("{\"session\": \"sess_unknown\"}");
            cloud.deployWorker(Duration.ofMinutes(1));
            var letters = cloud.deadLetters();
            while (letters.isEmpty()) {
                letters = cloud.deadLetters();
            }
            assertThat(letters).singleElement().satisfies(letter -> {
                assertThat(letter.body()).isEqualTo("{\"no\": \"job\"}");
                assertThat(Objects.requireNonNull(letter.messageAttributes().get("reason"))
                                .stringValue())
                        .isEqualTo("cannot be read: the message does not name a session");
            });
            while (cloud.jobsLeft() > 0) {
                Thread.sleep(100);
            }
            assertThat(cloud.deadLetters()).isEmpty();
        }
    }

    @Test
    void theSweeperFindsNothingToDo() throws Exception {
        FunctionZip.of("sweeper");
        try (var cloud = new JobCloud(folder)) {
            cloud.post(request(0, false));
            assertThat(cloud.sweep()).contains("\"givenUp\": 0", "\"deleted\": 0");
        }
    }

    /** Waits for all jobs, and kills a worker every now and then while they are done. */
    private static int killSome(JobCloud cloud, List<String> ids, Random random) throws Exception {
        int killed = 0;
        int wanted = Math.max(2, JOBS / ONE_IN);
        for (int done = 0; done < ids.size(); done++) {
            while (!isEnded(cloud.response(ids.get(done)))) {
                Thread.sleep(20 + random.nextInt(80));
                List<ProcessHandle> workers = cloud.workers();
                if (killed < wanted && done * wanted >= killed * ids.size() && !workers.isEmpty()) {
                    workers.get(random.nextInt(workers.size())).destroyForcibly();
                    killed++;
                }
            }
        }
        return killed;
    }

    private static JsonNode untilEnded(JobCloud cloud, String id) throws Exception {
        JsonNode response = cloud.response(id);
        while (!isEnded(response)) {
            Thread.sleep(100);
            response = cloud.response(id);
        }
        return response;
    }

    private static boolean isEnded(JsonNode response) {
        String status = response.path("status").asText();
        return !status.equals("queued") && !status.equals("in_progress");
    }

    private static void deliverAgain(JobCloud cloud, String responseId) {
        cloud.deliverAgain(responseId.replaceFirst("^resp_", "sess_"));
    }

    private static String text(JsonNode response) {
        return response.path("output")
                .path(0)
                .path("content")
                .path(0)
                .path("text")
                .asText();
    }

    private static String request(int text, boolean background) {
        return "{\"model\": \"" + ToyRegions.MODEL + "\", \"input\": \"Text " + text
                + "\", \"temperature\": 0.8, \"seed\": " + text + ", \"max_output_tokens\": 400, \"background\": "
                + background + "}";
    }
}
