package io.wanspec.evaluation.loadbench;

import io.wanspec.contracts.request.Mode;
import io.wanspec.local.launch.CloudSettings;
import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param clients numbers of clients, each of which is measured in every mode
 * @param window for how long a point is measured in a round
 * @param rounds most rounds; fewer if they would take more than {@link #TIME_MAX}
 * @param leaving share of the requests whose clients leave in mid-stream
 * @param prompts one message of the user each; clients ask them in turn
 * @param seed of the first prompt's sampling; each further prompt has the next one
 * @param cloud where it is measured
 * @param slowness by what the cloud's passes and round trips are multiplied already, and measured times divided again
 */
public record LoadSettings(
        List<Integer> clients,
        List<Mode> modes,
        Duration window,
        int rounds,
        double leaving,
        List<String> prompts,
        double temperature,
        long seed,
        CloudSettings cloud,
        double slowness) {
    /** Of the whole measurement. */
    public static final Duration TIME_MAX = Duration.ofMinutes(10);

    /** Tokens of an answer. */
    public static final int TOKENS = 32;

    public LoadSettings {
        clients = List.copyOf(clients);
        modes = List.copyOf(modes);
        prompts = List.copyOf(prompts);
        if (clients.isEmpty() || modes.isEmpty() || prompts.isEmpty()) {
            throw new IllegalArgumentException("there must be a number of clients, a mode and a prompt");
        }
        if (!window.isPositive() || rounds < 1 || leaving < 0 || leaving >= 1) {
            throw new IllegalArgumentException("a window has a length, there is a round, and not everybody leaves");
        }
    }

    /** Every number of clients in every mode. */
    List<LoadPoint> points() {
        return clients.stream()
                .flatMap(many -> modes.stream().map(mode -> new LoadPoint(mode, many)))
                .toList();
    }
}
