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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Background work by the workers' real zip: deliveries are duplicated, workers killed, and each job takes effect once all the
 * same. More jobs: {@code -Dwanspec.jobs=500}; another seed: {@code -Dwanspec.jobs.seed=2}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobsTest {
    private static final int JOBS = Integer.getInteger("wanspec.jobs", 20);
    private static final long SEED = Long.getLong("wanspec.jobs.seed", 1);

    /** One in so many is delivered twice, and as many workers are killed. */
    private static final int ONE_IN = 20;

    /** Looks at the jobs between two kills: spread over the time that they take. */
    private static final int KILL_EVERY = 10 + JOBS / 100;

    private static final int TEXTS = 10;

    /** Behind the time for handing over nearly nothing is left of a call: a long text takes several. */
    private static final Duration CALL = Duration.ofSeconds(18);

    private static final int LONG = 400;
    private static final int SHORT = 200;

    /** Among the jobs: what no worker can do. */
    private static final int POISON = Math.max(1, JOBS / 100);

    /** What a worker is given at once. */
    private static final int BATCH = 2;

    private static final String NO_JOB = "{\"no\": \"job\"}";

    private JobCloud cloud;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        FunctionZip.of("worker");
        cloud = new JobCloud(folder);
    }

    @AfterAll
    void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void eachJobTakesEffectOnceWhateverIsDeliveredTwiceAndWhoeverIsKilled() throws Exception {
        Random random = new Random(SEED);
        cloud.regions.target.passMillis = 0;
        Map<Integer, JsonNode> undisturbed = new HashMap<>();
        for (int text = 0; text < TEXTS; text++) {
            undisturbed.put(text, cloud.post(request(text, SHORT, false)));
        }
        cloud.regions.target.passMillis = 15;
        List<String> ids = new ArrayList<>();
        for (int job = 0; job < JOBS; job++) {
            ids.add(cloud.post(request(job % TEXTS, SHORT, true)).path("id").asText());
        }
        ids.stream().filter(_ -> random.nextInt(ONE_IN) == 0).forEach(id -> deliverAgain(cloud, id));
        deliverAgain(cloud, ids.getFirst());
        for (int i = 0; i < POISON; i++) {
            cloud.message(NO_JOB);
        }
        cloud.deployWorker(CALL);

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
        // Who is killed behind the letter and before its answer leaves another one.
        assertOnlyLettersAre(POISON, POISON + BATCH * killed);
        System.out.println(JOBS + " jobs, " + killed + " workers killed: each text as undisturbed; " + POISON
                + " dead letters, each with its reason");
    }

    @Test
    void workOutlivesItsWorkersTimeLimit() throws Exception {
        cloud.regions.target.passMillis = 50;
        String id = cloud.post(request(0, LONG, true)).path("id").asText();
        cloud.deployWorker(CALL);
        JsonNode done = untilEnded(cloud, id);
        cloud.regions.target.passMillis = 0;
        assertThat(done.path("status").asText()).isEqualTo("incomplete");
        assertThat(done.path("usage").path("output_tokens").asInt()).isEqualTo(LONG);
        assertThat(text(done)).isEqualTo(text(cloud.post(request(0, LONG, false))));
    }

    @Test
    void whatNobodyCanDoIsPutAwayWithItsReason() throws Exception {
        cloud.message(NO_JOB);
        cloud.message("{\"session\": \"sess_unknown\"}");
        cloud.deployWorker(CALL);
        assertOnlyLettersAre(1, 1);
    }

    @Test
    void theSweeperFindsNothingToDo() throws Exception {
        FunctionZip.of("sweeper");
        cloud.post(request(0, SHORT, false));
        assertThat(cloud.sweep()).contains("\"givenUp\": 0", "\"deleted\": 0");
    }

    /** So much poison, and nothing else, is put away, and nothing is left in the queue. */
    private void assertOnlyLettersAre(int poison, int most) throws InterruptedException {
        List<Message> letters = new ArrayList<>();
        while (letters.size() < poison) {
            letters.addAll(cloud.takeDeadLetters());
        }
        while (cloud.jobsLeft() > 0) {
            Thread.sleep(100);
        }
        letters.addAll(cloud.takeDeadLetters());
        assertThat(letters).hasSizeBetween(poison, most).allSatisfy(letter -> {
            assertThat(letter.body()).isEqualTo(NO_JOB);
            assertThat(Objects.requireNonNull(letter.messageAttributes().get("reason"))
                            .stringValue())
                    .isEqualTo("cannot be read: the message does not name a session");
        });
    }

    /** Waits for all jobs, and kills a worker every now and then while they are done. */
    private static int killSome(JobCloud cloud, List<String> ids, Random random) throws Exception {
        int killed = 0;
        int wanted = Math.max(2, JOBS / ONE_IN);
        int looks = KILL_EVERY;
        for (int done = 0; done < ids.size(); done++) {
            while (!isEnded(cloud.response(ids.get(done)))) {
                Thread.sleep(20 + random.nextInt(80));
                List<ProcessHandle> workers = cloud.workers();
                if (killed < wanted && ++looks >= KILL_EVERY && !workers.isEmpty()) {
                    workers.get(random.nextInt(workers.size())).destroyForcibly();
                    killed++;
                    looks = 0;
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

    private static String request(int text, int tokens, boolean background) {
        return "{\"model\": \"" + ToyRegions.MODEL + "\", \"input\": \"Text " + text
                + "\", \"temperature\": 0.8, \"seed\": " + text + ", \"max_output_tokens\": " + tokens
                + ", \"background\": "
                + background + "}";
    }
}
