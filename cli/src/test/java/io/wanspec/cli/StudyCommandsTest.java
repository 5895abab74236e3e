package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code place} and {@code study}. */
final class StudyCommandsTest {
    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void start() {
        runs = new CommandRuns(folder);
    }

    @Test
    void placeRanksAndSaysWhy() {
        assertThat(runs.run("place", "--target", "us-east-1", "--top", "2")).isZero();
        assertThat(runs.out())
                .startsWith("Draft regions for a target in us-east-1 (Northern Virginia), the best first\n")
                .contains("\nus-east-2 ", "\nca-central-1 ", "\n- 15 ms away, it saves ")
                .doesNotContain("us-west-2");
    }

    @Test
    void placeInJsonHasTheHours() throws IOException {
        assertThat(runs.run(
                        "place",
                        "--target",
                        "eu-central-1",
                        "--draft-regions",
                        "eu-west-1,eu-central-2",
                        "--traffic",
                        "5000",
                        "--drafts",
                        "idle",
                        "--json"))
                .isZero();
        JsonNode ranked = new JsonMapper().readTree(runs.out());
        assertThat(ranked).hasSize(2);
        assertThat(ranked.at("/0/region").asText()).isEqualTo("eu-central-2");
        assertThat(ranked.at("/0/hours")).hasSize(24);
        assertThat(ranked.at("/0/passesSavedAMonth").asDouble()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--target us-east-9|--target must be a region that is known here (af-south-1",
                "--target us-east-1 --draft-regions us-east-1|another region than the target's",
                "--target us-east-1 --draft-regions us-east-2,x|--draft-regions must be a region that is known",
                "--target us-east-1 --drafts none|one of own, idle",
                "--target us-east-1 --traffic 0|--traffic must be a whole number from 1",
                "--target us-east-1 --top 0|--top must be",
                "--target us-east-1 --draft-instance ml.q.xlarge|types with a price in prices.csv",
                "--top 1|Missing required option: '--target",
            })
    void whatPlaceCannotUseIsToldWithTheRemedy(String options, String told) {
        String[] words = ("place " + options).split(" ", -1);
        assertThat(runs.run(words)).isEqualTo(ExitCodes.USAGE);
        assertThat(runs.err()).contains(told);
    }

    @Test
    void studyComputeTellsEveryTarget() throws IOException {
        assertThat(runs.run("study", "compute", "--out", folder.resolve("study").toString()))
                .isZero();
        assertThat(runs.out())
                .contains("\nus-east-1 ", "\nsa-east-1 ")
                .contains("Of 496 pairs of regions 17 lie within 20 ms, 34 lie within 30 ms");
        assertThat(folder.resolve("study/figures/study-pairs.svg")).exists();
        assertThat(new JsonMapper()
                        .readTree(folder.resolve("study/study.json").toFile())
                        .path("targets"))
                .hasSize(34);
    }

    @Test
    void aProbeAndItsReport() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            byte[] body = "data: {\"choices\":[{\"delta\":{\"content\":\"one\"}}]}\n\ndata: [DONE]\n\n"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Path list = Files.writeString(
                    folder.resolve("endpoints.csv"),
                    "name,region,url,model,key\nhere,us-east-1,http://127.0.0.1:"
                            + server.getAddress().getPort() + "/v1,toy,\n");
            String log = folder.resolve("probe.jsonl").toString();
            assertThat(runs.run(
                            "study",
                            "probe",
                            "--endpoints",
                            list.toString(),
                            "--out",
                            log,
                            "--per-hour",
                            "120",
                            "--hours",
                            "0.01"))
                    .isZero();
            assertThat(runs.out()).startsWith("1 of 1 planned requests asked, 0 failed");
            assertThat(runs.run(
                            "study",
                            "report",
                            "--from",
                            log,
                            "--out",
                            folder.resolve("report").toString()))
                    .isZero();
            assertThat(runs.out()).contains("1 of 1 planned requests asked", "\nhere ");
            assertThat(folder.resolve("report/figures/probe-first-token.svg")).exists();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatAProbeCannotUseIsTold() throws IOException {
        assertThat(runs.run(
                        "study", "probe", "--endpoints", folder.resolve("none").toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(runs.err()).contains("cannot be read; it is a text file with lines of name,region,url,model,key");
        assertThat(runs.run("study", "probe", "--endpoints", "x", "--per-hour", "121"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(runs.err()).contains("--per-hour must be a whole number from 1 to 120");
        Path list = Files.writeString(
                folder.resolve("many.csv"),
                String.join(
                        "\n",
                        java.util.stream.IntStream.range(0, 10)
                                .mapToObj(i -> "e" + i + ",r,https://x.example/v1,m,")
                                .toList()));
        assertThat(runs.run("study", "probe", "--endpoints", list.toString(), "--per-hour", "120", "--hours", "24"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(runs.err()).contains("make 28800 requests, and a probe asks 20000 at most");
        assertThat(runs.run("study", "report", "--from", "nowhere")).isEqualTo(ExitCodes.USAGE);
        assertThat(runs.err()).contains("--from must be a log of a probe");
    }
}
