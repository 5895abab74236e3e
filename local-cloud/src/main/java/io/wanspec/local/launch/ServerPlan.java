package io.wanspec.local.launch;

import io.wanspec.local.models.KnownModel.Role;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.ClassArchive;
import io.wanspec.local.process.CpuPlan;
import io.wanspec.local.process.ServerSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says how each model server is started.
 *
 * @param program the model server
 * @param archive of its classes
 * @param taskset pins a process to a core, where there is one
 */
record ServerPlan(
        WanspecHome home, CpuPlan cores, Pace pace, JavaProgram program, ClassArchive archive, Optional<Path> taskset) {
    static final String TARGET = "target";
    static final String BUSY_DRAFT = "busy-draft";
    static final String REMOTE_DRAFT = "remote-draft";
    static final String SITE_DRAFT = "site-draft";

    /** The Java heap only: weights and caches are the engine's own memory. */
    private static final int TARGET_HEAP_MIB = 512;

    private static final int DRAFT_HEAP_MIB = 300;

    ServerPlan(WanspecHome home, CpuPlan cores, Pace pace, JavaProgram program, Optional<Path> taskset) {
        this(
                home,
                cores,
                pace,
                program,
                new ClassArchive(home.classes(), "model-server", program.classpath()),
                taskset);
    }

    ServerSpec target(ServedModel model) {
        return spec(TARGET, Role.TARGET, model, cores.target(), pace.target());
    }

    ServerSpec busyDraft(ServedModel model) {
        return spec(BUSY_DRAFT, Role.DRAFT, model, cores.busyDraft(), pace.busyDraft());
    }

    ServerSpec remoteDraft(ServedModel model) {
        return spec(REMOTE_DRAFT, Role.DRAFT, model, cores.remoteDraft(), pace.remoteDraft());
    }

    /** Of a worker on site, which has the machine to itself. */
    ServerSpec siteDraft(ServedModel model) {
        return spec(SITE_DRAFT, Role.DRAFT, model, Optional.empty(), pace.remoteDraft());
    }

    private ServerSpec spec(String server, Role role, ServedModel model, Optional<Integer> core, Pace.Padding padding) {
        List<String> main = new ArrayList<>(
                List.of(program.mainClass(), "--role", role.word(), "--host", "127.0.0.1", "--port", ServerSpec.PORT));
        main.addAll(model.serverOptions());
        main.addAll(List.of("--threads", "1", "--exit-with-parent"));
        main.addAll(padding.serverOptions());
        Optional<ServerSpec.Pin> pin = taskset.flatMap(path -> core.map(c -> new ServerSpec.Pin(path, c)));
        // One server writes it for all three: two that do so at once would get in each other's way.
        List<String> flags = new ArrayList<>(flags(role));
        flags.addAll(role == Role.TARGET ? archive.written() : archive.used());
        List<String> command = ServerSpec.javaCommand(program.java(), program.classpath(), flags, main, pin);
        return new ServerSpec(server, command, environment(home), home.logs().resolve(server + ".log"));
    }

    /** Of the JVM that a target runs in. */
    static List<String> targetFlags() {
        return flags(Role.TARGET);
    }

    private static List<String> flags(Role role) {
        int heapMib = role == Role.TARGET ? TARGET_HEAP_MIB : DRAFT_HEAP_MIB;
        return List.of(
                "-Xmx" + heapMib + "m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dai.djl.offline=true");
    }

    /** The engine's own thread pools would ignore {@code --threads} until told otherwise. */
    static Map<String, String> environment(WanspecHome home) {
        return Map.of(
                "DJL_CACHE_DIR", home.engine().toString(),
                "OPT_OUT_TRACKING", "true",
                "OMP_NUM_THREADS", "1",
                "MKL_NUM_THREADS", "1");
    }
}
