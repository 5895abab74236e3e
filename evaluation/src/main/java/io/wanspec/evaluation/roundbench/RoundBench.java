package io.wanspec.evaluation.roundbench;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.evaluation.demo.ChatClient;
import io.wanspec.evaluation.demo.ChatFailure;
import io.wanspec.evaluation.demo.ChatRequest;
import io.wanspec.evaluation.passes.PassLog;
import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.CloudSettings;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.local.launch.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Measures what a round costs beside its passes, with one client: in the modes whose passes follow one another, so that what is no
 * pass is function, links or servers. A plain token is a round without a function in it; a round with one draft token goes
 * through everything, twice.
 */
public final class RoundBench {
    /** One round trip of the function to the busy region's draft, and one to the target. */
    private static final int RUN_LENGTH = 1;

    private static final int TOKENS = 48;
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(2);
    private static final int WARM_UP_ANSWERS = 10;

    private final Settings settings;
    private final Cloud.Starter clouds;
    private final LaunchProgress progress;

    /**
     * What is measured.
     *
     * @param answers of each mode, in turn
     * @param prompts one message of the user each, asked in turn
     * @param target a known model's name or a path, as is {@code draft}
     */
    public record Settings(int answers, List<String> prompts, String target, String draft) {
        public Settings {
            prompts = List.copyOf(prompts);
            if (answers < 1 || prompts.isEmpty()) {
                throw new IllegalArgumentException("there must be an answer and a prompt");
            }
        }

        CloudSettings cloud() {
            return new CloudSettings(0, 0, 0, Pace.NONE, target, draft);
        }

        ChatRequest request(int turn, Speculation speculation) {
            int number = turn % prompts.size();
            return new ChatRequest(
                    cloud().targetName(), prompts.get(number), TOKENS, 0, 1, OptionalLong.of(number), speculation);
        }
    }

    public RoundBench(Settings settings, Cloud.Starter clouds, LaunchProgress progress) {
        this.settings = settings;
        this.clouds = clouds;
        this.progress = progress;
    }

    /** A row for each mode. */
    public List<RoundRow> run() throws LaunchException, ChatFailure, IOException, InterruptedException {
        Map<Mode, Speculation> modes = new LinkedHashMap<>();
        modes.put(Mode.TARGET_ONLY, Speculation.targetOnly());
        modes.put(Mode.COLOCATED, Speculation.colocated(OptionalInt.of(RUN_LENGTH)));
        try (Cloud cloud = clouds.start(settings.cloud(), progress);
                ChatClient client = new ChatClient(cloud.gateway(), REQUEST_LIMIT)) {
            progress.step("warming up");
            measure(cloud, client, modes, WARM_UP_ANSWERS);
            progress.step("measuring " + settings.answers() + " answers in each mode");
            Map<Mode, List<RoundSample>> samples = measure(cloud, client, modes, settings.answers());
            return samples.entrySet().stream()
                    .map(each -> RoundRow.of(each.getKey().word(), each.getValue()))
                    .toList();
        }
    }

    private Map<Mode, List<RoundSample>> measure(
            Cloud cloud, ChatClient client, Map<Mode, Speculation> modes, int answers)
            throws ChatFailure, IOException, InterruptedException {
        Map<Mode, List<RoundSample>> samples = new LinkedHashMap<>();
        for (int i = 0; i < answers; i++) {
            for (Map.Entry<Mode, Speculation> mode : modes.entrySet()) {
                RoundSample sample = sample(cloud, client, settings.request(i, mode.getValue()));
                samples.computeIfAbsent(mode.getKey(), _ -> new ArrayList<>()).add(sample);
            }
            progress.count(i + 1, answers);
        }
        return samples;
    }

    private static RoundSample sample(Cloud cloud, ChatClient client, ChatRequest request)
            throws ChatFailure, IOException, InterruptedException {
        PassLog passes = PassLog.begin(cloud);
        Ledger ledger = client.send(request, _ -> {}).ledger();
        if (ledger.targetPasses() < 2) {
            throw new IOException("an answer had no second round; its prompt is of no use: " + request.prompt());
        }
        return RoundSample.of(ledger, passes.end());
    }
}
