package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import io.wanspec.evaluation.demo.FakeGateway;
import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.CloudSettings;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.local.models.ModelCatalog;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.simulator.fault.BrokenInvariant;
import io.wanspec.simulator.trace.PassTable;
import io.wanspec.simulator.trace.TraceHeader;
import io.wanspec.simulator.trace.TraceRequest;
import io.wanspec.simulator.trace.TraceWriter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WanspecCliTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<CloudSettings> started = new ArrayList<>();
    private FakeGateway gateway;
    private @Nullable String givenUp;
    private CompletableFuture<Void> whole = CompletableFuture.completedFuture(null);
    private boolean closed;
    private @Nullable RuntimeException failure;

    @BeforeEach
    void start() throws Exception {
        gateway = new FakeGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void sim_lists_policies_in_virtual_time() {
        assertThat(run(false, "sim", "--policy", "b1,economy", "--rtt", "50", "--requests", "2"))
                .isZero();
        assertThat(out())
                .startsWith("reference, RTT 50 ms\n")
                .contains("\n  economy ")
                .contains("latency/B1: ");
        assertThat(err()).contains("simulating policies over the round trip");
    }

    @Test
    void sim_places_the_requests_of_a_day() {
        assertThat(run(false, "sim", "--placement", "--requests", "2")).isZero();
        assertThat(out()).contains("2 requests of 256 tokens over a day", "oracle", "site-10", "latency/B1");
        assertThat(run(false, "sim", "--placement", "--rtt", "20")).isEqualTo(2);
        assertThat(err()).contains("--placement and --rtt do not go together");
    }

    @Test
    void sim_writes_one_json_object() throws Exception {
        assertThat(run(false, "sim", "--policy", "b1", "--rtt", "50", "--requests", "2", "--json"))
                .isZero();
        JsonNode json = JsonMapper.builder().build().readTree(out());
        assertThat(json.path("command").asText()).isEqualTo("./wanspec sim --policy b1 --rtt 50 --requests 2 --json");
        JsonNode row = json.path("sweep").get(0);
        assertThat(row.path("policy").asText()).isEqualTo("b1");
        assertThat(row.path("latencyVsB1").asDouble()).isEqualTo(1);
    }

    @Test
    void sim_lists_policies_at_a_target_that_many_sessions_share() throws Exception {
        assertThat(run(false, "sim", "--load", "2", "--policy", "economy", "--rtt", "20", "--requests", "2"))
                .isZero();
        assertThat(out())
                .startsWith("reference, RTT 20 ms, drafts beside the target\n")
                .contains("\n  economy ", " 2 clients ", "latency/B1: ");
        assertThat(run(false, "sim", "--load", "3", "--trace", writeTrace(), "--policy", "b0", "--rtt", "20", "--json"))
                .isZero();
        assertThat(out()).contains("\"policy\" : \"b0\"", "\"load\" : \"3 clients\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "many", "1,", "p95:", "9999"})
    void sim_refuses_loads_that_it_does_not_know(String load) {
        assertThat(run(false, "sim", "--load", load)).isEqualTo(2);
        assertThat(err())
                .contains("--load must be a list of numbers of clients")
                .contains("not '" + load + "'");
    }

    @ParameterizedTest
    @CsvSource({"--scenario, nowhere", "--rtt, fast", "--policy, b9", "--requests, 0", "--seed, -1", "--threads, 0"})
    void sim_refuses_what_it_cannot_use(String option, String value) {
        assertThat(run(false, "sim", option, value)).isEqualTo(2);
        assertThat(err()).contains(option + " must be ").contains("not '" + value + "'");
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--clients, 0",
        "--clients, '1,1'",
        "--clients, 1001",
        "--modes, fastest",
        "--modes, 'wanspec,wanspec'",
        "--seconds, 60",
        "--rounds, 0",
        "--leave, 1",
        "--slow, 2",
        "--pace, quick",
        "--prompts, 0"
    })
    void bench_load_refuses_what_it_cannot_use(String option, String value) {
        assertThat(run(false, "bench", "load", option, value)).isEqualTo(2);
        assertThat(err()).contains(option + " must be ").contains("use for instance ");
        assertThat(started).isEmpty();
    }

    @Test
    void sim_refuses_a_report_where_a_file_is() throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "");
        assertThat(run(false, "sim", "--report", file.toString())).isEqualTo(2);
        assertThat(err()).contains("--report must be a folder that can be made");
    }

    @Test
    void sim_replays_a_trace() throws Exception {
        String trace = writeTrace();
        assertThat(run(false, "sim", "--trace", trace, "--policy", "b0,b1", "--rtt", "50", "--requests", "2"))
                .isZero();
        assertThat(out()).startsWith("trace at 0.8, RTT 50 ms\n").contains("    12.50 ");
        assertThat(run(false, "sim", "--trace", trace, "--pace", "reference", "--policy", "b0", "--rtt", "50"))
                .isZero();
        assertThat(out()).contains("trace at 0.8, reference pass times, RTT 50 ms\n");
    }

    @Test
    void sim_runs_requests_with_faults() {
        assertThat(run(false, "sim", "--faults", "30", "--seed", "5")).isZero();
        assertThat(out())
                .startsWith("Every invariant held.")
                .contains("  finished")
                .contains("  invalid frames");
        assertThat(err()).contains("running 30 requests with faults, seeds from 5");
    }

    @Test
    void a_broken_invariant_is_a_bug_with_a_command_that_replays_it() {
        failure = new BrokenInvariant(17, new IllegalStateException("tokens are lost"));
        assertThat(run(false, "up")).isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains("seed 17: tokens are lost; replay: ./wanspec sim --faults 1 --seed 17");
    }

    @Test
    void demo_shows_the_answer_and_the_table_and_says_that_the_texts_agree() {
        assertThat(run(false, "demo", "Why", "is the sky blue?", "--rtt", "70", "--seed", "42"))
                .isZero();
        assertThat(out())
                .contains("Sky is blue.\n")
                .contains("70 ms round trip")
                .contains("seed 42")
                .contains("target: core 0")
                .contains("saved against B1                119 (79 %)")
                .contains("Identical, token for token")
                .contains("WANSpec saved 119 of B1's 150 draft passes in the busy region (79 %)")
                .doesNotContain("--prompt-kind")
                .doesNotContain("\u001b");
        assertThat(err()).contains("warming up WANSpec").doesNotContain("\u001b");
        assertThat(gateway.requests().getLast().at("/messages/0/content").asText())
                .isEqualTo("Why is the sky blue?");
        assertThat(closed).isTrue();
    }

    @Test
    void demo_with_json_writes_one_object_and_nothing_else() throws Exception {
        assertThat(run(true, "demo", "--json", "--pace", "reference")).isZero();
        assertThat(out().lines()).hasSize(1);
        JsonNode root = new JsonMapper().readTree(out());
        assertThat(root.get("identical").asBoolean()).isTrue();
        assertThat(root.get("paced").asBoolean()).isTrue();
        assertThat(root.get("prompt").asText()).isEqualTo("Explain why the sky is blue");
        assertThat(started.getFirst().pace().target().serverOptions())
                .containsExactly("--pace-pass-ms", "40.0", "--pace-token-ms", "0.2");
    }

    @Test
    void demo_slows_passes_and_network_down_together_if_told_to() throws Exception {
        assertThat(run(false, "demo", "--slow", "2")).isZero();
        assertThat(started.getFirst().rttMs()).isEqualTo(60);
        assertThat(started.getFirst().pace().target().serverOptions())
                .containsExactly("--pace-pass-ms", "80.0", "--pace-token-ms", "0.4");
        assertThat(out()).contains("slowed down 2 times, round trips included");
    }

    @Test
    void demo_writes_a_page_of_the_timelines_if_told_to() throws Exception {
        assertThat(run(false, "demo", "Why?")).isZero();
        assertThat(gateway.requests().getLast().at("/wanspec").has("timeline")).isFalse();

        Path page = folder.resolve("demo.html");
        assertThat(run(false, "demo", "--report", page.toString(), "Why?")).isZero();
        assertThat(gateway.requests().getLast().at("/wanspec/timeline").asText())
                .isEqualTo("text");
        assertThat(err()).contains("The timelines are in " + page);
        assertThat(Files.readString(page)).contains("Asked for: Why?", Mode.WANSPEC.title(), Mode.TARGET_ONLY.title());
    }

    @Test
    void demo_shows_the_proportions_of_a_large_pair_unless_told_otherwise() {
        assertThat(run(false, "demo")).isZero();
        assertThat(out().lines().findFirst().orElseThrow())
                .isEqualTo(
                        "WANSpec demo, with the proportions of a large pair of models: passes are padded (--pace none shows this machine's own times)");
        assertThat(out()).contains("PACED: passes padded to target 40 ms");
        assertThat(started.getFirst().pace().isPaced()).isTrue();

        out.reset();
        assertThat(run(false, "demo", "--pace", "none")).isZero();
        assertThat(out()).startsWith("WANSpec demo, with this machine's own times\n");
        assertThat(started.getLast().pace().isPaced()).isFalse();

        out.reset();
        assertThat(run(false, "demo", "--help")).isZero();
        assertThat(out()).contains("(default: reference)").doesNotContain("(default: none)");
        out.reset();
        assertThat(run(false, "up", "--help")).isZero();
        assertThat(out()).contains("(default: none)");
    }

    @ParameterizedTest
    @EnumSource(PromptKind.class)
    void demo_has_a_prompt_of_each_kind_of_work(PromptKind kind) {
        assertThat(run(false, "demo", "--prompt-kind", kind.word())).isZero();
        assertThat(gateway.requests().getLast().at("/messages/0/content").asText())
                .isEqualTo(kind.prompt())
                .doesNotContain("\\");
        assertThat(out()).contains("(others: --prompt-kind chat, summary, code, extraction)");
    }

    @Test
    void demo_takes_a_prompt_or_a_kind() {
        assertThat(run(false, "demo", "--prompt-kind", "code", "Why?")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("--prompt-kind and PROMPT do not go together: leave one of them out.");
    }

    @Test
    void demo_fails_if_the_texts_differ() {
        gateway.answerWith(
                Mode.TARGET_ONLY, new Ledger("x", Tokens.of(1), 1, 1, 0, 0, List.of(), List.of(), 0, 0, 1, 2));
        assertThat(run(false, "demo")).isEqualTo(ExitCodes.NOT_IDENTICAL);
        assertThat(out()).contains("NOT identical: the token ids differ from position 0 on.");
    }

    @Test
    void demo_says_what_the_gateway_refused_and_stops_the_cloud() {
        gateway.refuseWith(400);
        assertThat(run(false, "demo")).isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains("wanspec: the gateway answered 400: temperature must be at most 2");
        assertThat(closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demo --rtt=-1           | --rtt must be a number from 0 to 10000 (milliseconds), not '-1'; use for instance --rtt 30.
            demo --rtt=fast         | --rtt must be a number from 0 to 10000 (milliseconds), not 'fast'; use for instance --rtt 30.
            demo --jitter=NaN       | --jitter must be a number from 0 to 10000 (milliseconds), not 'NaN'; use for instance --jitter 5.
            demo --max-tokens=0     | --max-tokens must be a whole number from 1 to 2000, not '0'; use for instance --max-tokens 128.
            demo --temperature=5    | --temperature must be a number from 0 to 2, not '5'; use for instance --temperature 0.8.
            demo --top-p=0          | --top-p must be a number above 0, up to 1, not '0'; use for instance --top-p 0.9.
            demo --seed=1e9         | --seed must be a whole number from 0 to 9007199254740992, not '1e9'; use for instance --seed 42.
            demo --slow=0.5         | --slow must be a number from 1 to 10, not '0.5'; use for instance --slow 2.
            demo --pace=none --slow=2 | --slow must be 1 without a pace, not '2.0'; use for instance --pace reference.
            demo --pace=slow        | --pace must be one of none, reference, not 'slow'; use for instance --pace none.
            demo --prompt-kind=poem | --prompt-kind must be one of chat, summary, code, extraction, not 'poem'; use for instance --prompt-kind chat.
            demo --redundancy=maybe | --redundancy must be one of never, always, entropy, value, not 'maybe'; use for instance --redundancy never.
            demo --drafts=bush      | --drafts must be one of chain, tree, not 'bush'; use for instance --drafts chain.
            demo --goal=glory       | --goal must be one of economy, fast, eager, not 'glory'; use for instance --goal economy.
            demo --price=-1         | --price must be a number from 0 to 100, not '-1'; use for instance --price 0.7.
            up --port=70000         | --port must be a whole number from 0 to 65535, not '70000'; use for instance --port 8080.
            eval-draft --temperature=3 | --temperature must be a number from 0 to 2, not '3'; use for instance --temperature 0.8.
            eval-draft --max-tokens=0 | --max-tokens must be a whole number from 1 to 2000, not '0'; use for instance --max-tokens 64.
            eval-draft --prompts=no/such | --prompts: no/such does not exist; name a file with one prompt a line.
            eval-draft --trace=/     | --trace must name a file, not the folder /; use for instance --trace trace.jsonl.
            eval-target --text=no/such | --text: no/such does not exist; name a file of plain text.
            eval-target --text=/    | --text: / is a folder; name a file.
            eval-target --precision=q4 | --precision must be one of int8, rotated, fp16, fp32, not 'q4'; use for instance --precision int8.
            eval-target             | Missing required option: '--text=FILE'
            record --seed=-1        | --seed must be a whole number from 0 to 9007199254740992, not '-1'; use for instance --seed 42.
            record --out=no/such/t  | --out cannot be written: java.nio.file.NoSuchFileException: no/such/t.part; name a file in a folder that exists and is yours.
            sim --temperature=0.8   | --temperature is of use with --trace FILE alone; add it.
            sim --pace=reference    | --pace is of use with --trace FILE alone; add it.
            sim --trace=no/such     | --trace: no/such is no file; ./wanspec record --out trace.jsonl makes one.
            sim --trace=t --pace=slow | --pace must be measured or reference, not 'slow'; use for instance --pace measured.
            sim --trace=t --scenario=blind | --trace and --scenario do not go together; leave one out.
            sim --trace=t --report=r | --trace and --report do not go together; leave one out.
            sim --faults=0          | --faults must be a whole number from 1 to 100000000, not '0'; use for instance --faults 20000.
            sim --faults=1 --seed=x | --seed must be a whole number from 0 to 4611686018427387903, not 'x'; use for instance --seed 1.
            sim --faults=1 --rtt=20 | --faults and --rtt do not go together; leave one out.
            demo --nonsense         | Unknown option: '--nonsense'
            up --prot 5             | Unknown options: '--prot', '5'; did you mean --port?
            up --prot=5             | Unknown option: '--prot=5'; did you mean --port?
            dmeo                    | Unmatched argument at index 0: 'dmeo'; did you mean demo?
            model pull              | Missing required parameter: 'NAME'
            """)
    void refuses_in_one_sentence(String line, String sentence) {
        assertThat(run(false, line.split(" ", -1))).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).startsWith("wanspec: " + sentence + "\n").contains("--help'.");
        assertThat(out()).isEmpty();
        assertThat(started).isEmpty();
    }

    @Test
    void a_bug_is_told_in_one_line_with_its_trace_in_a_file() {
        failure = new IllegalStateException("oops");
        assertThat(run(false, "up")).isEqualTo(ExitCodes.FAILED);
        assertThat(err())
                .contains("this is a bug: java.lang.IllegalStateException: oops")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("logs/crash.log")).content().contains("\tat ");
    }

    @Test
    void up_tells_how_to_use_it() {
        assertThat(run(false, "up", "--port", "0", "--jitter", "2.5")).isZero();
        assertThat(out())
                .contains("The local cloud is up: " + gateway.uri() + "/v1")
                .contains("curl -N " + gateway.uri() + "/v1/chat/completions")
                .contains("logs: " + folder.resolve("logs"))
                .contains("Ctrl-C stops it.");
        assertThat(started.getFirst().jitterMs()).isEqualTo(2.5);
        assertThat(closed).isTrue();
    }

    @Test
    void up_tells_which_drafts_are_starting_and_when_they_take_part() {
        whole = new CompletableFuture<>();
        assertThat(run(false, "up")).isZero();
        assertThat(out())
                .contains("drafts: busy-draft and remote-draft are starting")
                .doesNotContain("take part now");
        whole.complete(null);
        assertThat(out()).contains("The drafts take part now.\n  busy-draft: http://127.0.0.1:2\n");
    }

    @Test
    void up_waits_for_the_drafts_where_that_is_asked_for() {
        whole = new CompletableFuture<>();
        assertThat(run(false, "up", "--wait-for-drafts")).isZero();
        assertThat(out()).contains("The local cloud is up: ").doesNotContain("drafts: ");
    }

    @Test
    void up_ends_with_the_reason_when_a_process_is_given_up() {
        givenUp = "target died (exit code 137), 5 times within 120 s, and is not started again. Its log: target.log";
        assertThat(run(false, "up")).isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains("wanspec: " + givenUp);
        assertThat(closed).isTrue();
    }

    @Test
    void colours_are_for_terminals() {
        run(true, "up");
        assertThat(out()).contains("\u001b[1mThe local cloud is up");
    }

    @Test
    void model_list_shows_what_there_is() {
        assertThat(run(false, "model", "list")).isZero();
        assertThat(out())
                .contains("smollm2-135m-instruct    target    98.4 MB  not fetched ")
                .contains("smollm2-135m-draft       draft           -  missing from the checkout ");
    }

    @Test
    void model_pull_of_an_unknown_one_names_the_known() {
        assertThat(run(false, "model", "pull", "gpt")).isEqualTo(ExitCodes.NO_MODEL);
        assertThat(err()).contains("There is no model 'gpt'. Known: smollm2-135m-instruct, smollm2-135m-draft.");
    }

    @ParameterizedTest
    @CsvSource({
        "--help",
        "demo --help",
        "up --help",
        "model --help",
        "model pull --help",
        "bench --help",
        "bench load --help",
        "bench round --help",
        "eval-draft --help",
        "eval-target --help",
        "record --help",
        "sim --help",
        "--version"
    })
    void helps(String line) {
        assertThat(run(false, line.split(" ", -1))).isZero();
        assertThat(out()).contains("wanspec");
    }

    private String writeTrace() throws Exception {
        Path file = folder.resolve("trace.jsonl");
        PassTable times = new PassTable(new TreeMap<>(Map.of(1, 12.5)));
        try (TraceWriter writer = TraceWriter.open(file)) {
            writer.write(TraceHeader.of("t", "d", List.of(0.8), 3, times, times));
            List<Ints> surprisals = List.of(Ints.of(10), Ints.of(20, 900), Ints.of(700));
            writer.write(new TraceRequest(0, 0.8, 1, Ints.of(5, 6, 7), Ints.of(0, 1, 8), surprisals));
            writer.finish();
        }
        return file.toString();
    }

    private int run(boolean terminal, String... arguments) {
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = Console.of(outStream, errStream, terminal, terminal, Map.of());
        WanspecHome home = new WanspecHome(folder);
        ModelStore models = ModelStore.open(ModelCatalog.standard(folder), home, Map.of());
        Cloud.Starter clouds = new Cloud.Starter() {
            @Override
            public Cloud start(CloudSettings settings, LaunchProgress progress) {
                progress.step("starting");
                started.add(settings);
                if (failure != null) {
                    throw failure;
                }
                return new FakeCloud(CompletableFuture.completedFuture(null));
            }

            @Override
            public Cloud serve(CloudSettings settings, LaunchProgress progress) {
                start(settings, progress);
                return new FakeCloud(whole);
            }
        };
        return new WanspecCli(new CliContext(console, home, models, clouds), new CountDownLatch(0)).run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private final class FakeCloud implements Cloud {
        private final CompletableFuture<Void> drafts;

        FakeCloud(CompletableFuture<Void> drafts) {
            this.drafts = drafts;
        }

        @Override
        public CompletableFuture<Void> whole() {
            return drafts;
        }

        @Override
        public URI gateway() {
            return gateway.uri();
        }

        @Override
        public String cores() {
            return "target: core 0";
        }

        @Override
        public List<String> addresses() {
            return List.of("target: http://127.0.0.1:1", "busy-draft: http://127.0.0.1:2");
        }

        @Override
        public CompletableFuture<String> failure() {
            return givenUp == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(givenUp);
        }

        @Override
        public Map<String, URI> modelServers() {
            return Map.of();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
