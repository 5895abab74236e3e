package io.wanspec.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.CpuPlan;
import io.wanspec.local.process.ServerSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ServerPlanTest {
    private static final JavaProgram PROGRAM = new JavaProgram(Path.of("/jdk/bin/java"), "a.jar", "Server");
    private static final ServedModel MODEL = ServedModel.whole(Path.of("/models/m"), "m");
    private static final ServedModel DRAFT =
            new ServedModel(Path.of("/models/d"), "d", Optional.of(Path.of("/models/m")));

    @Test
    void a_paced_target_on_a_core_of_its_own() {
        ServerSpec target =
                plan(Pace.REFERENCE, Optional.of(Path.of("/bin/taskset"))).target(MODEL);
        assertThat(String.join(" ", target.command()))
                .startsWith("/bin/taskset -c 0 /jdk/bin/java -Xmx512m ")
                .endsWith(" -cp a.jar Server --role target --host 127.0.0.1 --port {port} --model /models/m --name m"
                        + " --threads 1 --exit-with-parent --pace-pass-ms 40.0 --pace-token-ms 0.2");
        assertThat(target.log()).isEqualTo(Path.of("/home/w/logs/target.log"));
        assertThat(target.environment()).containsEntry("DJL_CACHE_DIR", "/home/w/engine");
    }

    @Test
    void drafts_have_less_memory_and_their_own_pace_and_logs() {
        ServerPlan plan = plan(Pace.REFERENCE, Optional.empty());
        List<String> busy = plan.busyDraft(DRAFT).command();
        assertThat(busy).startsWith("/jdk/bin/java", "-Xmx300m").containsSubsequence("--role", "draft");
        assertThat(busy).containsSubsequence("--pace-pass-ms", "6.0", "--pace-token-ms", "0.3");
        assertThat(busy).containsSubsequence("--model", "/models/d", "--name", "d", "--tokenizer-from", "/models/m");
        assertThat(plan.remoteDraft(DRAFT).command())
                .containsSubsequence("--pace-pass-ms", "8.0", "--pace-token-ms", "0.4");
        assertThat(plan.remoteDraft(DRAFT).log()).hasFileName("remote-draft.log");
    }

    @Test
    void nothing_is_padded_unless_asked() {
        assertThat(plan(Pace.NONE, Optional.empty()).target(MODEL).command())
                .noneMatch(word -> word.startsWith("--pace"));
    }

    private static ServerPlan plan(Pace pace, Optional<Path> taskset) {
        CpuPlan cores = CpuPlan.of(List.of(0, 1), taskset.isPresent());
        return new ServerPlan(new WanspecHome(Path.of("/home/w")), cores, pace, PROGRAM, taskset);
    }
}
