package io.wanspec.evaluation.wanbench;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.evaluation.demo.ChatClient;
import io.wanspec.evaluation.demo.ChatFailure;
import io.wanspec.evaluation.demo.ChatRequest;
import io.wanspec.evaluation.passes.PassLog;
import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.LaunchProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends the prompts to one cloud, in all ways of serving. */
final class Measuring implements AutoCloseable {
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(10);

    /** Too few for the functions to learn from, so that what is measured begins without learned estimates, as simulations do. */
    private static final int WARM_UP_TOKENS = 24;

    private static final int RUN_LENGTH_MAX = 12;

    /** Latency over the run length has one valley; so many in a row that are worse lie behind it. */
    private static final int WORSE_IN_A_ROW = 2;

    private final WanBenchSettings settings;
    private final Cloud cloud;
    private final ChatClient client;
    private final LaunchProgress progress;

    Measuring(WanBenchSettings settings, Cloud cloud, LaunchProgress progress) {
        this.settings = settings;
        this.cloud = cloud;
        this.progress = progress;
        client = new ChatClient(cloud.gateway(), REQUEST_LIMIT);
    }

    /** Each prompt, briefly, so that code is compiled, and caches hold the prompts in every mode. */
    void warmUp(List<Method> methods) throws ChatFailure, InterruptedException {
        progress.step("warming up");
        for (int i = 0; i < settings.prompts().size(); i++) {
            for (Method method : methods) {
                send(method, settings.request(i).upTo(WARM_UP_TOKENS));
            }
            progress.count(i + 1, settings.prompts().size());
        }
    }

    /** The run length with which co-located speculation decodes these prompts fastest, by trying. */
    int bestRunLength() throws ChatFailure, InterruptedException {
        int best = 1;
        double bestMs = Double.POSITIVE_INFINITY;
        int worse = 0;
        for (int k = 1; k <= RUN_LENGTH_MAX && worse < WORSE_IN_A_ROW; k++) {
            progress.step("trying B1 with k=" + k);
            double ms = Cost.of(all(Method.b1(k)), settings.slowness()).msPerToken();
            worse = ms < bestMs ? 0 : worse + 1;
            best = worse == 0 ? k : best;
            bestMs = Math.min(ms, bestMs);
        }
        return best;
    }

    /** Prompt by prompt, so that a machine that slows down slows all alike. */
    Measured measure(double rttMs, List<Method> methods) throws ChatFailure, IOException, InterruptedException {
        progress.step("measuring at " + rttMs + " ms");
        PassLog passes = PassLog.begin(cloud);
        Measured measured = new Measured(rttMs, settings.slowness());
        for (int i = 0; i < settings.prompts().size(); i++) {
            for (Method method : methods) {
                measured.add(method, send(method, settings.request(i)));
            }
            progress.count(i + 1, settings.prompts().size());
        }
        measured.took(passes.end());
        return measured;
    }

    @Override
    public void close() {
        client.close();
    }

    private List<Ledger> all(Method method) throws ChatFailure, InterruptedException {
        List<Ledger> ledgers = new ArrayList<>();
        for (int i = 0; i < settings.prompts().size(); i++) {
            ledgers.add(send(method, settings.request(i)));
            progress.count(i + 1, settings.prompts().size());
        }
        return ledgers;
    }

    private Ledger send(Method method, ChatRequest request) throws ChatFailure, InterruptedException {
        return client.send(method.ask(request), _ -> {}).ledger();
    }
}
